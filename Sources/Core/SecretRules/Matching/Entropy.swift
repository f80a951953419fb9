/// How evenly the bytes of a text are distributed (Shannon, 1948).
enum Entropy {
  /// In bits a byte: 0 for one byte again and again, 8 at most.
  static func bits(_ bytes: ArraySlice<UInt8>) -> Double {
    guard !bytes.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let sum = counts.reduce(0) { $0 + ($1 > 1 ? Double($1) * log2($1) : 0) }
    return log2(bytes.count) - sum / Double(bytes.count)
  }

  /// The binary logarithm of a positive number, to 16 digits after the binary point.
  static func log2(_ number: Int) -> Double {
    let value = Double(number)
    var (result, rest, digit) = (Double(value.exponent), value.significand, 0.5)
    for _ in 0..<16 {
      rest *= rest
      if rest >= 2 {
        result += digit
        rest /= 2
      }
      digit /= 2
    }
    return result
  }
}
