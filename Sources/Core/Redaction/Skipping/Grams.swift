/// Short stretches of all needles, which say without a walk where a sequence may stand in one.
///
/// Different ones may share a place in the table, which makes it careful, never wrong.
struct Grams: Sendable {
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

  /// Whether these may stand within a needle, or some of them at its end.
  func hold(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Bool { has(Self.place(a, b, c, d, kind: 1, shift)) }

  /// Whether a needle may begin with these.
  func begin(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool { has(Self.place(0, a, b, c, kind: 2, shift)) }

  /// Whether a needle may end with these.
  func end(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool { has(Self.place(a, b, c, 0, kind: 3, shift)) }

  private func has(_ place: UInt64) -> Bool { words[Int(place >> 6)] & 1 << (place & 63) != 0 }

  private static func place(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, kind: UInt64, _ shift: UInt64) -> UInt64 {
    let gram = UInt64(a) | UInt64(b) << 8 | UInt64(c) << 16 | UInt64(d) << 24 | kind << 32
    return (gram &* 0x9e37_79b9_7f4a_7c15) >> shift
  }
}
