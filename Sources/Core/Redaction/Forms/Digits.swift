/// The sixteen digits in one case.
struct Digits {
  static let cases = [Digits("0123456789abcdef"), Digits("0123456789ABCDEF")]

  private let digits: [UInt8]

  private init(_ digits: String) { self.digits = Array(digits.utf8) }

  /// Both digits of a byte.
  func pair(_ byte: UInt8) -> [UInt8] { [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }

  /// The four digits of a UTF-16 unit.
  func quad(_ unit: UInt16) -> [UInt8] { pair(UInt8(unit >> 8)) + pair(UInt8(unit & 0xff)) }
}
