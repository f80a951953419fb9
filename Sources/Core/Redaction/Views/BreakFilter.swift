/// Says where a line break may stand in the middle of a needle, without a walk.
///
/// It looks at two bytes on either side, or one and two where a needle has but one there. Different bytes may share a place in the
/// table, which makes it careful, never wrong.
struct BreakFilter: Sendable {
  private let words: [UInt64]
  private let shift: UInt64

  init(_ needles: [Needle]) {
    let total = needles.reduce(0) { $0 + $1.bytes.count }
    // Nearly empty, so that lines that are alike are not all unlucky.
    var bits: UInt64 = 12
    while bits < 25, 1 << bits < total * 128 { bits += 1 }
    var words = [UInt64](repeating: 0, count: 1 << Int(bits - 6))
    let shift = 64 - bits
    func add(_ place: UInt64) { words[Int(place >> 6)] |= 1 << (place & 63) }
    for needle in needles where needle.bytes.count > 3 {
      let bytes = needle.bytes
      for split in 2..<(bytes.count - 1) {
        add(Self.place(bytes[split - 2], bytes[split - 1], bytes[split], bytes[split + 1], kind: 1, shift))
      }
      add(Self.place(0, bytes[0], bytes[1], bytes[2], kind: 2, shift))
      let last = bytes.count - 1
      add(Self.place(bytes[last - 2], bytes[last - 1], bytes[last], 0, kind: 3, shift))
    }
    (self.words, self.shift) = (words, shift)
  }

  /// Whether a needle may go on with `c` and `d` after `a` and `b`; 0 for bytes that are not there.
  func mayJoin(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Bool {
    has(Self.place(a, b, c, d, kind: 1, shift)) || has(Self.place(0, b, c, d, kind: 2, shift))
      || has(Self.place(a, b, c, 0, kind: 3, shift))
  }

  private func has(_ place: UInt64) -> Bool { words[Int(place >> 6)] & 1 << (place & 63) != 0 }

  private static func place(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, kind: UInt64, _ shift: UInt64) -> UInt64 {
    let gram = UInt64(a) | UInt64(b) << 8 | UInt64(c) << 16 | UInt64(d) << 24 | kind << 32
    return (gram &* 0x9e37_79b9_7f4a_7c15) >> shift
  }
}
