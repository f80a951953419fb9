/// Hexadecimal digits, in either case.
enum HexForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    [Digits.lower, Digits.upper].map { digits in value.flatMap { digits.pair($0) } }
  }
}

/// Percent-encoding (RFC 3986, section 2.1): the usual sets of characters left as they are, and none left.
enum PercentForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    let kept = ["-._~", "-._~!'()*", "-._~!$&'()*+,;=:@/", "*-._"].map { Set($0.utf8) }
    return [Digits.lower, Digits.upper].flatMap { digits in
      kept.flatMap { kept in
        [false, true].map { plus in encode(value, digits, plus: plus) { $0.isASCIIAlphanumeric || kept.contains($0) } }
      } + [encode(value, digits, plus: false) { _ in false }]
    }
  }

  private static func encode(_ value: [UInt8], _ digits: Digits, plus: Bool, keep: (UInt8) -> Bool) -> [UInt8] {
    value.flatMap { byte -> [UInt8] in
      if keep(byte) { return [byte] }
      return byte == 0x20 && plus ? [0x2b] : [0x25] + digits.pair(byte)
    }
  }
}

/// The inside of a JSON string, as different writers escape it.
enum JSONForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    let text = String(decoding: value, as: UTF8.self)
    return [Digits.lower, Digits.upper].flatMap { digits in
      [false, true].flatMap { slash in
        [false, true].flatMap { ascii in
          [false, true].map { html in escape(text, digits, slash: slash, ascii: ascii, html: html) }
        }
      }
    }
  }

  private static func escape(_ text: String, _ digits: Digits, slash: Bool, ascii: Bool, html: Bool) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar {
      case "\"": [0x5c, 0x22]
      case "\\": [0x5c, 0x5c]
      case "/" where slash: [0x5c, 0x2f]
      case "\n": [0x5c, 0x6e]
      case "\r": [0x5c, 0x72]
      case "\t": [0x5c, 0x74]
      case "<" where html, ">" where html, "&" where html: unicode(UInt16(scalar.value), digits)
      case _ where scalar.value < 0x20: unicode(UInt16(scalar.value), digits)
      case _ where ascii && !scalar.isASCII: UTF16.encode(scalar)?.flatMap { unicode($0, digits) } ?? []
      default: Array(String(scalar).utf8)
      }
    }
  }

  private static func unicode(_ unit: UInt16, _ digits: Digits) -> [UInt8] {
    [0x5c, 0x75] + digits.pair(UInt8(unit >> 8)) + digits.pair(UInt8(unit & 0xff))
  }
}

/// What shells and markup make of a value.
enum TextForms {
  /// Inside single quotes, and with a backslash before what is special.
  static func shell(_ value: [UInt8]) -> [[UInt8]] {
    let special = Set(" \"'\\$`!&;|<>()*?[]{}~#".utf8)
    return [
      value.flatMap { $0 == 0x27 ? Array("'\\''".utf8) : [$0] },
      value.flatMap { special.contains($0) ? [0x5c, $0] : [$0] },
    ]
  }

  /// XML and HTML: named references, with the two usual spellings of the apostrophe.
  static func entities(_ value: [UInt8]) -> [[UInt8]] {
    ["&#39;", "&apos;", "&#x27;"].map { apostrophe in
      value.flatMap { byte -> [UInt8] in
        switch byte {
        case 0x26: Array("&amp;".utf8)
        case 0x3c: Array("&lt;".utf8)
        case 0x3e: Array("&gt;".utf8)
        case 0x22: Array("&quot;".utf8)
        case 0x27: Array(apostrophe.utf8)
        default: [byte]
        }
      }
    }
  }
}

/// The sixteen digits in one case.
struct Digits {
  static let lower = Digits("0123456789abcdef")
  static let upper = Digits("0123456789ABCDEF")

  private let digits: [UInt8]

  private init(_ digits: String) { self.digits = Array(digits.utf8) }

  func pair(_ byte: UInt8) -> [UInt8] { [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
}

extension UInt8 {
  var isASCIIAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// What a bounded needle may not touch.
  var isWordByte: Bool { isASCIIAlphanumeric || self == UInt8(ascii: "_") || self >= 0x80 }
}
