/// Where a word begins and ends, in plain text and behind the escapes that writers put before it.
enum WordBoundary {
  /// Whether a word may begin after these bytes, which are the end of what precedes it.
  static func isAfter(_ text: ArraySlice<UInt8>) -> Bool {
    guard let last = text.last, last.isWordByte else { return true }
    return endsInEscape(text) || endsInColour(text)
  }

  static func isBefore(_ next: UInt8?) -> Bool { next?.isWordByte != true }

  /// `\n` and its like, `\x0a`, `\u000a`, `%0A`: their letters and digits are not part of the word that follows.
  private static func endsInEscape(_ text: ArraySlice<UInt8>) -> Bool {
    if text.suffix(2).first == .backslash, let last = text.last, "nrtbfvae0".utf8.contains(last) { return true }
    if text.count >= 3, text.suffix(3).first == .percent { return text.suffix(2).allSatisfy(\.isHexDigit) }
    return ends(text, "x", 2) || ends(text, "u", 4)
  }

  private static func ends(_ text: ArraySlice<UInt8>, _ letter: Unicode.Scalar, _ digits: Int) -> Bool {
    text.count >= digits + 2 && text.suffix(digits).allSatisfy(\.isHexDigit)
      && text.dropLast(digits).suffix(2).elementsEqual([.backslash, UInt8(ascii: letter)])
  }

  /// ECMA-48, 5.4: ESC `[`, parameters, a final letter; ESC itself or one of its spellings.
  private static func endsInColour(_ text: ArraySlice<UInt8>) -> Bool {
    let opening = text.dropLast().reversed().drop { $0.isDigit || $0 == UInt8(ascii: ";") }
    guard opening.first == UInt8(ascii: "["), let escape = opening.dropFirst().first else { return false }
    if escape == 0x1b { return true }
    let spelling = Array(opening.dropFirst().prefix(6).reversed())
    return ["\\u001b", "\\u001B", "\\x1b", "\\x1B", "\\033", "\\e"].contains { name in
      spelling.suffix(name.utf8.count).elementsEqual(name.utf8)
    }
  }
}

extension UInt8 {
  static let backslash = UInt8(ascii: "\\")
  static let percent = UInt8(ascii: "%")

  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isHexDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }

  var isASCIIAlphanumeric: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  /// What a word consists of.
  var isWordByte: Bool { isASCIIAlphanumeric || self == UInt8(ascii: "_") || self >= 0x80 }

  /// Space, tab and the ends of lines.
  var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}

extension [UInt8] {
  /// Without the blanks at both ends.
  var trimmingBlanks: ArraySlice<UInt8> {
    let start = firstIndex { !$0.isBlank } ?? endIndex
    let end = lastIndex { !$0.isBlank }.map { $0 + 1 } ?? endIndex
    return self[start..<end]
  }
}
