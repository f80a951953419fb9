/// Hexadecimal digits in either case: joined, with a colon or a blank between bytes, and as `\x` escapes.
enum HexForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    Digits.cases.flatMap { digits in
      ["", ":", " "].map { Array(value.map(digits.pair).joined(separator: Array($0.utf8))) }
        + [value.flatMap { Array("\\x".utf8) + digits.pair($0) }]
    }
  }
}
