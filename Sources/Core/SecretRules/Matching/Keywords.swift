/// Finds the keywords of all rules in one pass, whatever the case of their letters.
///
/// Every keyword has three bytes at least, and each place in the bytes is looked up by the three bytes that begin there;
/// different triples may share a place in the table, which makes it careful, never wrong.
struct Keywords: Sendable {
  struct Entry: Sendable {
    /// In lower case.
    let keyword: [UInt8]
    /// Whose keyword it is: an index of the caller's.
    let owner: Int
  }

  static let width = 3
  private static let bits: UInt32 = 16

  /// One bit for each place that has entries.
  private var occupied = [UInt64](repeating: 0, count: 1 << (Int(bits) - 6))
  /// The keywords by their places, all their letters, and where those of each place begin; one more than there are
  /// places.
  private var stored: [Stored] = []
  private var letters: [UInt8] = []
  private var first = [Int32](repeating: 0, count: 1 << Int(bits) + 1)

  /// An entry whose keyword stands in `letters`.
  private struct Stored {
    let start: Int32
    let count: Int32
    let owner: Int32
  }

  init(_ entries: [Entry]) {
    for entry in entries.sorted(by: { Self.place(of: $0.keyword, at: 0) < Self.place(of: $1.keyword, at: 0) }) {
      let place = Self.place(of: entry.keyword, at: 0)
      occupied[place >> 6] |= 1 << UInt64(place & 63)
      first[place + 1] += 1
      stored.append(
        Stored(start: Int32(letters.count), count: Int32(entry.keyword.count), owner: Int32(entry.owner)))
      letters += entry.keyword
    }
    for place in 1..<first.count { first[place] += first[place - 1] }
  }

  /// Every keyword in some bytes in order: its owner, and where it begins. The body says whether to go on.
  func forEach(in bytes: [UInt8], _ body: (_ owner: Int, _ place: Int) -> Bool) {
    guard bytes.count >= Self.width else { return }
    let (text, occupied, first) = (bytes.span, occupied.span, first.span)
    let (stored, letters) = (stored.span, letters.span)
    var triple = UInt32(text[0]) << 8 | UInt32(text[1]) << 16
    for last in 2..<text.count {
      // Inside by the loop's bounds.
      triple = triple >> 8 | UInt32(unsafe text[unchecked: last]) << 16
      let place = Self.place(triple)
      // Inside because `place` has as many bits as the table has.
      guard unsafe occupied[unchecked: place >> 6] >> UInt64(place & 63) & 1 != 0 else { continue }
      let index = last - 2
      for number in Int(first[place])..<Int(first[place + 1]) {
        let entry = stored[number]
        let (start, count) = (Int(entry.start), Int(entry.count))
        guard count <= text.count - index else { continue }
        // The first three may differ, too: places are shared.
        var offset = 0
        while offset < count, text[index + offset].lowercased == letters[start + offset] { offset += 1 }
        if offset == count, !body(Int(entry.owner), index) { return }
      }
    }
  }

  /// Whether one of the keywords stands somewhere in some bytes.
  func stand(in bytes: [UInt8]) -> Bool {
    var found = false
    forEach(in: bytes) { _, _ in
      found = true
      return false
    }
    return found
  }

  private static func place(of bytes: [UInt8], at index: Int) -> Int {
    place(UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16)
  }

  /// The place of a triple, in which case makes no difference.
  private static func place(_ triple: UInt32) -> Int {
    Int(((triple | 0x20_2020) &* 0x9e37_79b1) &>> (32 &- bits))
  }
}
