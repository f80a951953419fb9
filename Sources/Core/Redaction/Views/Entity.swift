/// References of XML and HTML: every character by its number, with any number of zeros before it, and those of ASCII that
/// have names (HTML, "Named character references").
enum Entity {
  private static let longest = 24

  private static let names: [String: UInt8] = [
    "amp": 0x26, "AMP": 0x26, "lt": 0x3c, "LT": 0x3c, "gt": 0x3e, "GT": 0x3e, "quot": 0x22, "QUOT": 0x22, "apos": 0x27,
    "Tab": 0x09, "NewLine": 0x0a, "excl": 0x21, "num": 0x23, "dollar": 0x24, "percnt": 0x25, "lpar": 0x28, "rpar": 0x29,
    "ast": 0x2a, "midast": 0x2a, "plus": 0x2b, "comma": 0x2c, "period": 0x2e, "sol": 0x2f, "colon": 0x3a, "semi": 0x3b,
    "equals": 0x3d, "quest": 0x3f, "commat": 0x40, "lsqb": 0x5b, "lbrack": 0x5b, "bsol": 0x5c, "rsqb": 0x5d,
    "rbrack": 0x5d, "Hat": 0x5e, "lowbar": 0x5f, "UnderBar": 0x5f, "grave": 0x60, "DiacriticalGrave": 0x60,
    "lcub": 0x7b, "lbrace": 0x7b, "verbar": 0x7c, "vert": 0x7c, "VerticalLine": 0x7c, "rcub": 0x7d, "rbrace": 0x7d,
  ]

  static func read(_ units: [Unit], _ last: UInt8) -> Notation.Reading {
    if last == UInt8(ascii: ";") { return value(units[1..<(units.count - 1)]).map { .sequence($0) } ?? .literal }
    let belongs = last.isASCIIAlphanumeric || (last == UInt8(ascii: "#") && units.count == 2)
    return belongs && units.count <= longest ? .more : .literal
  }

  private static func value(_ units: ArraySlice<Unit>) -> [UInt8]? {
    guard units.first?.byte == UInt8(ascii: "#") else {
      return names[String(decoding: units.map(\.byte), as: UTF8.self)].map { [$0] }
    }
    let digits = units.dropFirst()
    let isHex = digits.first.map { $0.byte | 0x20 == UInt8(ascii: "x") } ?? false
    let text = String(decoding: (isHex ? digits.dropFirst() : digits).map(\.byte), as: UTF8.self)
    guard let number = UInt32(text, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(number) else { return nil }
    return Array(String(scalar).utf8)
  }
}
