import JSONText

/// What of a composed secret gives it away by itself: the longer lines of a text, the longer strings of a JSON
/// document.
enum SecretParts {
  /// Shorter lines stand in too many other texts.
  private static let shortestLine = 16

  static func all(of value: [UInt8]) -> [[UInt8]] {
    if value.first == UInt8(ascii: "{") || value.first == UInt8(ascii: "["), let document = try? JSON.parse(value) {
      return strings(in: document).filter { $0.count >= Secret.safeLength }.flatMap { [$0] + lines(of: $0) }
    }
    return lines(of: value)
  }

  private static func lines(of value: [UInt8]) -> [[UInt8]] {
    let lines = value.split { $0 == 0x0a || $0 == 0x0d }.map { Array(Array($0).trimmingBlanks) }
    guard lines.count > 1 else { return [] }
    guard lines.contains(where: isFrame) else { return lines.filter { $0.count >= shortestLine } }
    // In a PEM file the frame and the headers are no secret and stand in many texts, and the last line is mostly a
    // short one.
    return lines.filter { !isFrame($0) && !$0.contains(UInt8(ascii: ":")) && $0.count >= Secret.minimumLength }
  }

  private static func isFrame(_ line: [UInt8]) -> Bool { line.starts(with: Array("-----".utf8)) }

  private static func strings(in document: JSON) -> [[UInt8]] {
    switch document {
    case .string(let text): [Array(text.utf8)]
    case .array(let elements): elements.flatMap(strings)
    case .object(let object): object.members.flatMap { strings(in: $0.value) }
    case .null, .bool, .number: []
    }
  }
}
