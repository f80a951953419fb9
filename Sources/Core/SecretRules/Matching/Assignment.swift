/// A value that is given to a name.
struct Assignment: Hashable {
  let value: Range<Int>
}

/// Reads what follows a name, in the syntax of environment files, JSON, YAML, XML, URLs, command lines or code.
struct AssignmentReader {
  /// A longer value is cut off where it is quoted.
  private static let longestQuoted = 4096

  private let bytes: [UInt8]
  private let nameEnd: Int
  private(set) var index: Int
  /// The run of unquoted characters that was read last: another reading inside it ends where it ends.
  private(set) var lastBare: Range<Int>

  init(_ bytes: [UInt8], at nameEnd: Int, lastBare: Range<Int>) {
    (self.bytes, self.nameEnd, index, self.lastBare) = (bytes, nameEnd, nameEnd, lastBare)
  }

  /// nil when no value is given to the name there, or one that is computed.
  mutating func read() -> Assignment? {
    // More of the name than was matched.
    if next.isAlphanumeric || next == UInt8(ascii: "_") { return nil }
    let closers = skip(Self.closers, atMost: 4)
    let blanks = skip(.blanks, atMost: 40)
    guard readOperator(afterQuote: closers > 0) || (blanks > 0 && isOption) else { return nil }
    skip(.blanks, atMost: 40)
    return readValue()
  }

  private mutating func readOperator(afterQuote: Bool) -> Bool {
    let start = index
    skip(Self.operators, atMost: 3)
    if bytes[start..<index].contains(where: Self.assigning.contains) {
      if bytes[index - 1] == UInt8(ascii: ":") { skipType() }
      return true
    }
    index = start
    // An argument of a call: `set("name", "value")`, `password("value")`.
    if next == UInt8(ascii: ",") && afterQuote || next == UInt8(ascii: "(") {
      index += 1
      skip(.blanks, atMost: 4)
      return Self.quotes.contains(next)
    }
    return skipType()
  }

  /// Whether a type and the sign of an assignment follow, as in `name: String = `.
  @discardableResult
  private mutating func skipType() -> Bool {
    let start = index
    skip(.blanks, atMost: 4)
    skip(Self.types, atMost: 40)
    skip(.blanks, atMost: 4)
    if skip("=") { return true }
    index = start
    return false
  }

  /// Whether the name is that of an option, behind which a blank is enough.
  private var isOption: Bool {
    var start = nameEnd
    while start > 0, nameEnd - start < 64, Self.options.contains(bytes[start - 1]) { start -= 1 }
    return nameEnd - start > 2 && bytes[start] == UInt8(ascii: "-") && bytes[start + 1] == UInt8(ascii: "-")
  }

  private mutating func readValue() -> Assignment? {
    let beforePrefix = index
    skip(Self.prefixes, atMost: 2)
    guard let quote = readQuote() else {
      index = beforePrefix
      return readBare()
    }
    let start = index
    let limit = min(bytes.count, start + Self.longestQuoted)
    while index < limit, bytes[index] != quote, bytes[index] != 0x0a {
      // A quote that is itself escaped ends at the next backslash.
      if bytes[index] == UInt8(ascii: "\\") {
        if start >= 2, bytes[start - 2] == UInt8(ascii: "\\") { break }
        index += 1
      }
      index += 1
    }
    index = min(index, limit)
    return index > start ? Assignment(value: start..<index) : nil
  }

  private mutating func readQuote() -> UInt8? {
    skip(Self.backslash, atMost: 1)
    guard Self.quotes.contains(next) else { return nil }
    let quote = next
    skip(ByteSet([quote]), atMost: 3)
    return quote
  }

  private mutating func readBare() -> Assignment? {
    let start = index
    if !lastBare.contains(start) {
      while index < bytes.count, Self.bare.contains(bytes[index]) { index += 1 }
      lastBare = start..<index
    }
    var end = lastBare.upperBound
    let after = end < bytes.count ? bytes[end] : 0
    // A call, or an element.
    if "([{".utf8.contains(after) { return nil }
    while end > start, ".,:!?".utf8.contains(bytes[end - 1]) { end -= 1 }
    return end > start ? Assignment(value: start..<end) : nil
  }

  private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

  @discardableResult
  private mutating func skip(_ set: ByteSet, atMost count: Int) -> Int {
    let start = index
    while index - start < count, index < bytes.count, set.contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private static let backslash = ByteSet("\\".utf8)
  private static let closers = ByteSet("\"'`\\])".utf8)
  private static let operators = ByteSet("=:>?+.|!<~-".utf8)
  private static let assigning = ByteSet("=:>".utf8)
  private static let quotes = ByteSet("\"'`".utf8)
  private static let prefixes = ByteSet("rbfuRBFU@".utf8)
  private static let types = ByteSet.word.union(ByteSet("<>?.![]*&".utf8))
  private static let options = ByteSet.word.union(ByteSet("-".utf8))
  private static let bare = ByteSet(
    (0x21...0x7e as ClosedRange<UInt8>).filter { !"\"'`,;&|<>(){}[]\\".utf8.contains($0) })
}
