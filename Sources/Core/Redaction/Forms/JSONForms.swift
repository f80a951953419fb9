/// The inside of a JSON string (RFC 8259, section 7), as different writers escape it; once and twice.
enum JSONForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    guard let text = String(validating: value, as: UTF8.self) else { return [] }
    let once = Digits.cases.flatMap { digits in
      (0..<8).map { bits in Style(digits, slash: bits & 1 != 0, ascii: bits & 2 != 0, html: bits & 4 != 0).escape(text)
      }
    }
    let twice = once.compactMap { String(validating: $0, as: UTF8.self) }.flatMap { text in
      [false, true].map { slash in Style(Digits.cases[0], slash: slash, ascii: false, html: false).escape(text) }
    }
    return once + twice
  }

  /// How one writer does it.
  private struct Style {
    let digits: Digits
    /// `/` as `\/`, as Foundation and PHP do.
    let slash: Bool
    /// Everything beyond ASCII as `\u`, as Python does.
    let ascii: Bool
    /// What would harm a web page as `\u`, as Go does.
    let html: Bool

    init(_ digits: Digits, slash: Bool, ascii: Bool, html: Bool) {
      (self.digits, self.slash, self.ascii, self.html) = (digits, slash, ascii, html)
    }

    func escape(_ text: String) -> [UInt8] { text.unicodeScalars.flatMap(escape) }

    private func escape(_ scalar: Unicode.Scalar) -> [UInt8] {
      switch scalar {
      case "\"", "\\": Array("\\\(scalar)".utf8)
      case "/" where slash: Array("\\/".utf8)
      case "\n": Array("\\n".utf8)
      case "\r": Array("\\r".utf8)
      case "\t": Array("\\t".utf8)
      case "\u{8}": Array("\\b".utf8)
      case "\u{c}": Array("\\f".utf8)
      case "<" where html, ">" where html, "&" where html, "'" where html && ascii: unicode(scalar)
      case "\u{2028}" where html, "\u{2029}" where html: unicode(scalar)
      case _ where scalar.value < 0x20 || (ascii && !scalar.isASCII): unicode(scalar)
      default: Array(String(scalar).utf8)
      }
    }

    private func unicode(_ scalar: Unicode.Scalar) -> [UInt8] {
      String(scalar).utf16.flatMap { Array("\\u".utf8) + digits.quad($0) }
    }
  }
}
