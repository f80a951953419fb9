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
  private var entries: [Int: [Entry]] = [:]

  init(_ keywords: [Entry]) {
    for entry in keywords {
      let bytes = entry.keyword
      let place = Self.place(UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16)
      occupied[place >> 6] |= 1 << UInt64(place & 63)
      entries[place, default: []].append(entry)
    }
  }

  /// The first index from `start` on at which a keyword may begin; nil when there is none.
  func next(from start: Int, in bytes: [UInt8]) -> Int? {
    guard bytes.count - start >= Self.width else { return nil }
    let (bytes, occupied) = (bytes.span, occupied.span)
    var triple = UInt32(bytes[start]) << 8 | UInt32(bytes[start + 1]) << 16
    for index in (start + 2)..<bytes.count {
      // Inside by the loop's bounds.
      triple = triple >> 8 | UInt32(unsafe bytes[unchecked: index]) << 16
      let place = Self.place(triple)
      // Inside because `place` has as many bits as the table has.
      if unsafe occupied[unchecked: place >> 6] >> UInt64(place & 63) & 1 != 0 { return index - 2 }
    }
    return nil
  }

  /// The owners of the keywords that stand at a place.
  func forEachOwner(at index: Int, in bytes: [UInt8], _ body: (Int) -> Void) {
    let triple = UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
    guard let entries = entries[Self.place(triple)] else { return }
    for entry in entries {
      let end = index + entry.keyword.count
      guard end <= bytes.count else { continue }
      var offset = 0
      while offset < entry.keyword.count, bytes[index + offset].lowercased == entry.keyword[offset] { offset += 1 }
      if index + offset == end { body(entry.owner) }
    }
  }

  /// Whether one of the keywords stands somewhere in some bytes.
  func stand(in bytes: [UInt8]) -> Bool {
    var (index, found) = (0, false)
    while !found, let place = next(from: index, in: bytes) {
      forEachOwner(at: place, in: bytes) { _ in found = true }
      index = place + 1
    }
    return found
  }

  /// The place of a triple, in which case makes no difference.
  private static func place(_ triple: UInt32) -> Int {
    Int(((triple | 0x20_2020) &* 0x9e37_79b1) &>> (32 &- bits))
  }
}
