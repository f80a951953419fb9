import JSONText

/// All needles of one secret.
enum Forms {
  static func needles(of secret: Secret, index: Int) -> [Needle] {
    var seen: Set<[UInt8]> = []
    var needles: [Needle] = []
    func add(_ bytes: [UInt8], _ form: SecretForm, bounded: Bool = false) {
      guard seen.insert(bytes).inserted else { return }
      needles.append(Needle(bytes: bytes, secret: index, form: form, isBounded: bounded))
    }
    secret.reveal { value in
      let isShort = value.count < Secret.safeLength
      add(value, .verbatim, bounded: isShort)
      for (form, bytes) in encoded(value) where bytes.count >= Secret.safeLength { add(bytes, form) }
      guard !isShort else { return }
      for part in parts(of: value) {
        add(part, .line)
        for (form, bytes) in encoded(part) where bytes.count >= Secret.safeLength { add(bytes, form) }
      }
    }
    return needles
  }

  /// Every encoded form of one value; those that equal the value are dropped by the caller.
  private static func encoded(_ value: [UInt8]) -> [(SecretForm, [UInt8])] {
    Base64Forms.all(of: value).map { (.base64, $0) } + HexForms.all(of: value).map { (.hex, $0) }
      + PercentForms.all(of: value).map { (.percent, $0) } + JSONForms.all(of: value).map { (.json, $0) }
      + TextForms.shell(value).map { (.shell, $0) } + TextForms.entities(value).map { (.entities, $0) }
  }

  /// What of a composed secret gives it away by itself: the longer lines of a text, the longer strings of a JSON document.
  private static func parts(of value: [UInt8]) -> [[UInt8]] {
    if value.first == UInt8(ascii: "{"), let document = try? JSON.parse(value) {
      return strings(in: document).filter { $0.count >= Secret.safeLength }
    }
    let lines = value.split { $0 == 0x0a || $0 == 0x0d }
    guard lines.count > 1 else { return value.last == 0x0a ? lines.map(Array.init) : [] }
    // The frame of a PEM file is no secret, and stands in many texts.
    return lines.filter { $0.count >= 16 && !$0.starts(with: Array("-----".utf8)) }.map(Array.init)
  }

  private static func strings(in document: JSON) -> [[UInt8]] {
    switch document {
    case .string(let text): [Array(text.utf8)]
    case .array(let elements): elements.flatMap(strings)
    case .object(let object): object.members.flatMap { strings(in: $0.value) }
    case .null, .bool, .number: []
    }
  }
}
