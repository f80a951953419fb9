/// Says how far ahead the next needle can begin at the earliest (Wu and Manber, TR 94-17, Arizona 1994).
///
/// It looks at the last three bytes of a window as long as the shortest needle: where these stand in the beginning of
/// no needle, none begins in the window before them. Different triples may share a place in the table, which makes it
/// careful, never wrong.
struct Skip: Sendable {
  /// Length of the window.
  let width: Int
  private let shifts: [UInt8]
  private let bits: UInt32
  private let fold: UInt32

  init(_ needles: [Needle], fold: UInt8) {
    // A wider window makes longer steps, and fills the table.
    let width = min(24, needles.lazy.map(\.bytes.count).min() ?? 8)
    // An eighth full at most, unless that is more than a processor's second-level cache likes.
    var bits: UInt32 = 12
    while bits < 17, 1 << bits < needles.count * (width - 2) * 8 { bits += 1 }
    var shifts = [UInt8](repeating: UInt8(width - 2), count: 1 << Int(bits))
    for needle in needles {
      for last in 2..<width {
        let place = Self.place(needle.bytes[last - 2], needle.bytes[last - 1], needle.bytes[last], bits)
        shifts[place] = min(shifts[place], UInt8(width - 1 - last))
      }
    }
    (self.width, self.shifts, self.bits) = (width, shifts, bits)
    self.fold = UInt32(fold) &* 0x01_01_01
  }

  /// The first index from `start` on at which a needle may begin; from the last `width - 1` indices on that is not
  /// known.
  func next(from start: Int, in bytes: Span<UInt8>) -> Int {
    let shifts = shifts.span
    let last = bytes.count - width
    var index = start
    while index <= last {
      let end = index &+ width
      // Inside by the loop's condition; the width is at least 4.
      let place = unsafe Self.place(
        bytes[unchecked: end &- 3], bytes[unchecked: end &- 2], bytes[unchecked: end &- 1], bits, fold)
      // Inside because `place` has as many bits as the table has places.
      let shift = unsafe shifts[unchecked: place]
      if shift == 0 { return index }
      index &+= Int(shift)
    }
    return index
  }

  private static func place(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ bits: UInt32, _ fold: UInt32 = 0
  ) -> Int {
    let triple = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | fold
    return Int((triple &* 0x9e37_79b1) &>> (32 &- bits))
  }
}
