/// Finds the bytes at which views wake.
enum Specials {
  private static let table: [Bool] = (0..<256).map { UInt8($0).isSpecial }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The first index from `start` on that has one; the count of the bytes where none has.
  static func next(from start: Int, in bytes: Span<UInt8>) -> Int {
    let table = table.span
    var index = start
    while true {
      index = unsafe bytes.withUnsafeBytes { unsafe skip(from: index, in: $0) }
      // One of these eight, or a byte that is nearly one.
      let end = min(index + 8, bytes.count)
      while index < end {
        if table[Int(bytes[index])] { return index }
        index += 1
      }
      if index == bytes.count { return index }
    }
  }

  /// The first of eight bytes among which one is below a blank, or one of the three (Mycroft's "hasless" and "haszero").
  private static func skip(from start: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    let (percent, ampersand, backslash) = (ones &* 0x25, ones &* 0x26, ones &* 0x5c)
    var index = start
    while index &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let (a, b, c) = (word ^ percent, word ^ ampersand, word ^ backslash)
      let low = (word &- ones &* 0x20) & ~word
      let equal = ((a &- ones) & ~a) | ((b &- ones) & ~b) | ((c &- ones) & ~c)
      if (low | equal) & (ones << 7) != 0 { break }
      index &+= 8
    }
    return index
  }
}

extension UInt8 {
  /// Whether some view wakes at it.
  var isSpecial: Bool {
    switch self {
    case .percent, .backslash, UInt8(ascii: "&"), 0x1b, 0x0a, 0x0d: true
    default: false
    }
  }

  /// The end of a line, or half of it.
  var isBreak: Bool { self == 0x0a || self == 0x0d }
}
