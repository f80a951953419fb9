/// A set of bytes, one bit each.
struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.formUnion(other)
    return result
  }

  var inverted: ByteSet {
    var result = self
    result.words = ~words
    return result
  }

  /// The set with both cases of each ASCII letter in it.
  var ignoringCase: ByteSet {
    let letters: SIMD4<UInt64> = [0, 0x07ff_fffe_07ff_fffe, 0, 0]
    let own = words & letters
    // The two cases stand 32 bits apart in the same word.
    var result = self
    result.words |= (own &<< 32 | own &>> 32) & letters
    return result
  }

  var elements: [UInt8] {
    var elements: [UInt8] = []
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        elements.append(UInt8(index << 6 | word.trailingZeroBitCount))
        word &= word &- 1
      }
    }
    return elements
  }

  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let word = ByteSet(
    (UInt8.min...UInt8.max).filter { $0.isLetter || $0 == UInt8(ascii: "_") || digits.contains($0) })
  /// Space and tab only: a pattern does not go on over the end of a line unless it says so.
  static let blanks = ByteSet([0x20, 0x09])
  static let lineEnds = ByteSet([0x0a, 0x0d])
}

extension UInt8 {
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isAlphanumeric: Bool { isLetter || isDigit }
  /// An ASCII letter in lower case, any other byte as it is.
  var lowercased: UInt8 { isLetter ? self | 0x20 : self }
}
