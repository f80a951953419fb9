/// Character references in HTML.
enum HTMLReferences {
  /// `&`, `<` and `>` become references.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Every reference becomes what it stands for; what looks like one and is none stays (HTML Living Standard, section 13.2.5.72).
  static func unescape(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      bytes += rest[..<ampersand]
      rest = rest[ampersand...].dropFirst()
      if let (replacement, length) = reference(rest) {
        bytes += Array(replacement.utf8)
        rest = rest.dropFirst(length)
      } else {
        bytes.append(UInt8(ascii: "&"))
      }
    }
    return String(decoding: bytes + rest, as: UTF8.self)
  }

  /// What the reference at the beginning stands for, and how many bytes it takes.
  private static func reference(_ text: ArraySlice<UInt8>) -> (String, Int)? {
    guard text.first != UInt8(ascii: "#") else { return number(text.dropFirst()) }
    let word = text.prefix(longestName).prefix { $0.isLetterOrDigit }
    let name = String(decoding: word, as: UTF8.self)
    if text.dropFirst(word.count).first == UInt8(ascii: ";"), let found = known[name] {
      return (found.text, word.count + 1)
    }
    for length in stride(from: min(word.count, 6), to: 1, by: -1) {
      let name = String(decoding: word.prefix(length), as: UTF8.self)
      if let found = known[name], found.isLegacy { return (found.text, length) }
    }
    return nil
  }

  private static func number(_ text: ArraySlice<UInt8>) -> (String, Int)? {
    let isHexadecimal = text.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    let digits = text.dropFirst(isHexadecimal ? 1 : 0).prefix { byte in
      (48...57).contains(byte) || (isHexadecimal && (97...102).contains(byte | 0x20))
    }
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for digit in digits where value <= 0x10ffff {
      value = value * (isHexadecimal ? 16 : 10) + UInt32(digit <= 57 ? digit - 48 : (digit | 0x20) - 87)
    }
    let end = digits.endIndex
    let length = end - text.startIndex + 1 + (end < text.endIndex && text[end] == UInt8(ascii: ";") ? 1 : 0)
    return (String(scalar(value)), length)
  }

  private static func scalar(_ value: UInt32) -> Unicode.Scalar {
    if (0x80...0x9f).contains(value) { return Windows1252.scalar(of: UInt8(value)) }
    return value == 0 ? "\u{fffd}" : Unicode.Scalar(value) ?? "\u{fffd}"
  }

  private static let longestName = 32

  private static let known: [String: (text: String, isLegacy: Bool)] = {
    var known: [String: (String, Bool)] = [:]
    var words = names.split { $0 == " " || $0 == "\n" }[...]
    while let word = words.popFirst(), let digits = words.popFirst() {
      let scalars = digits.split(separator: ".").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
      let isLegacy = word.first == "!"
      known[String(isLegacy ? word.dropFirst() : word)] = (String(String.UnicodeScalarView(scalars)), isLegacy)
    }
    return known
  }()
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool { (48...57).contains(self) || (97...122).contains(self | 0x20) }
}
