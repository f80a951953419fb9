/// The bytes of a stream that have not been handed on, and a few before them; addressed by absolute offsets.
struct Held: Sendable {
  /// Enough for what may stand before a word: the longest is a colour code written as a JSON escape.
  static let context = 24

  private var bytes: [UInt8] = []
  /// The offset of `bytes[0]`.
  private(set) var base = 0
  /// The offset of the first byte that has not been handed on.
  private(set) var start = 0

  /// The offset after the last byte.
  var end: Int { base + bytes.count }

  subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes[range.lowerBound - base..<range.upperBound - base] }

  /// nil before the beginning of what is known, and at the end.
  func byte(at offset: Int) -> UInt8? { offset >= base && offset < end ? bytes[offset - base] : nil }

  /// The known bytes before an offset, as many as a boundary can depend on.
  func context(before offset: Int) -> ArraySlice<UInt8> { self[max(base, offset - Self.context)..<offset] }

  mutating func append(_ more: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: more) }

  /// Lets go of what is before `offset`; moves the rest only when it is the smaller part, so that small writes stay
  /// cheap.
  mutating func release(upTo offset: Int) {
    start = offset
    let dead = start - base - Self.context
    guard dead > bytes.count - dead else { return }
    bytes.removeFirst(dead)
    base += dead
  }

  /// Lends all bytes and the offset of the first.
  func read<Result>(_ body: (Span<UInt8>, _ base: Int) -> Result) -> Result { body(bytes.span, base) }
}
