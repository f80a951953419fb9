/// What stands between a line break and the text of the next line, remembered for the breaks within it.
struct Margin {
  enum Exit: Equatable {
    case at(Int)
    /// It is wider than any view waits for.
    case none
    /// It depends on what has not come, or is too rare to be looked at.
    case unknown
  }

  /// More than views wait for, in bytes.
  static let widest = 2 * Notation.widestMargin + 2

  private var start = 0
  private var end = -1
  private var isEscaped = false

  /// Where the text begins; `isEscaped` is for breaks and tabs that are written as escapes.
  mutating func exit(_ bytes: Span<UInt8>, from index: Int, isEscaped: Bool) -> Exit {
    if isEscaped != self.isEscaped || !(start...max(start, end)).contains(index) || end - index <= Self.widest {
      (start, self.isEscaped) = (index, isEscaped)
      end = Self.end(bytes, from: index, isEscaped)
    }
    if end - index > Self.widest { return .none }
    guard end + 3 < bytes.count else { return .unknown }
    guard bytes[end] == .backslash else { return .at(end) }
    switch bytes[end + 1] {
    case 0x20, UInt8(ascii: ">"), 0x0a, 0x0d, UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"),
      UInt8(ascii: "x"),
      UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "0")...UInt8(ascii: "7"):
      return .unknown
    default: return .at(end)
    }
  }

  private static func end(_ bytes: Span<UInt8>, from start: Int, _ isEscaped: Bool) -> Int {
    var index = start
    let last = min(bytes.count, start + 2 * widest)
    while index < last {
      switch bytes[index] {
      case 0x20, 0x09, 0x0a, 0x0d, UInt8(ascii: ">"): index += 1
      case .backslash where isEscaped && index + 1 < last && isMargin(bytes[index + 1]): index += 2
      default: return index
      }
    }
    return index
  }

  private static func isMargin(_ letter: UInt8) -> Bool {
    letter == UInt8(ascii: "n") || letter == UInt8(ascii: "r") || letter == UInt8(ascii: "t")
  }
}
