/// A few bytes that are repeated: what holds for one round of them holds for the next, so that nobody has to look at all.
struct Repetition {
  private var start = 0
  private var end = 0
  private var period = 1
  /// The last index that was asked for.
  private var last = Int.min / 2

  private static let longest = 8

  /// Where to go on behind sequences that are all in no needle, up to `index`: that many rounds further that backslashes belong
  /// together as before, and far enough from the last for all that is looked at to be the same.
  mutating func skip(_ bytes: Span<UInt8>, from index: Int) -> Int {
    defer { last = index }
    let margin = Margin.widest + Sequences.lookahead
    if index >= end {
      // What is repeated has its special bytes close together.
      guard index - last <= Self.longest, let period = Self.period(bytes, index) else { return index }
      (start, self.period) = (index, period)
      end = Self.end(bytes, index, period)
    }
    let rounds = (end - margin - index) / (4 * period)
    return index >= start + 4 * period + 2 && rounds > 0 ? index + rounds * 4 * period : index
  }

  private static func period(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
    guard index + longest + 16 <= bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 { unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) }
      let (first, second) = (word(index), word(index + 8))
      return (1...longest).first { word(index + $0) == first && word(index + 8 + $0) == second }
    }
  }

  private static func end(_ bytes: Span<UInt8>, _ index: Int, _ period: Int) -> Int {
    unsafe bytes.withUnsafeBytes { bytes in
      var end = index + period
      while end + 8 <= bytes.count,
        unsafe bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)
          == bytes.loadUnaligned(fromByteOffset: end - period, as: UInt64.self)
      { end += 8 }
      return end
    }
  }
}
