/// A value that is given to a name, in the syntax of environment files, JSON, YAML, URLs, command lines or code.
struct Assignment: Hashable {
  let value: Range<Int>

  /// Names are not looked at any further than this, and values are not read any further.
  private static let longestValue = 4096

  /// The assignment whose name ends at a place; nil when there is none.
  init?(in bytes: [UInt8], nameEnd: Int) {
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    var index = nameEnd
    // More of the name than was matched.
    if byte(index).isAlphanumeric || byte(index) == UInt8(ascii: "_") { return nil }
    func skip(_ set: ByteSet, atMost count: Int) {
      let limit = min(bytes.count, index + count)
      while index < limit, set.contains(bytes[index]) { index += 1 }
    }
    skip(Self.closers, atMost: 4)
    skip(.blanks, atMost: 16)
    let operatorStart = index
    skip(Self.operators, atMost: 3)
    if index == operatorStart { return nil }
    skip(.blanks, atMost: 16)
    let quoteStart = index
    skip(Self.quotes, atMost: 2)
    let start = index
    if index > quoteStart {
      let quote = bytes[index - 1]
      let limit = min(bytes.count, start + Self.longestValue)
      while index < limit, bytes[index] != quote, bytes[index] != 0x0a { index += bytes[index] == 0x5c ? 2 : 1 }
      index = min(index, limit)
    } else {
      skip(Self.bare, atMost: Self.longestValue)
    }
    if index == start { return nil }
    value = start..<index
  }

  private static let closers = ByteSet("\"'\\])".utf8)
  private static let operators = ByteSet("=:>".utf8)
  private static let quotes = ByteSet("\\\"'`".utf8)
  private static let bare = ByteSet(
    (0x21...0x7e as ClosedRange<UInt8>).filter { !"\"'`,;|&<>(){}[]\\".utf8.contains($0) })
}
