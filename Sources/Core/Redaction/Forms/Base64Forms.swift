/// Base64 (RFC 4648, sections 4 and 5) of a value wherever it stands among other encoded bytes, in both alphabets.
enum Base64Forms {
  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  private static let alphabets = ["+/", "-_"].map { Array((letters + $0).utf8) }

  /// The characters that depend on the value alone, and what is known of their neighbours, which share bits with it.
  static func all(of value: [UInt8]) -> [(bytes: [UInt8], edges: Needle.Edges)] {
    (0..<3).flatMap { alignment in
      let sextets = Sextets(of: value, alignment: alignment)
      return alphabets.map { alphabet in
        (sextets.whole.map { alphabet[$0] }, Needle.Edges.sextets(before: sextets.first, after: sextets.last))
      }
    }
  }

  /// Base64 within base64, as in a cluster's copy of a registry's password; up to eight bits of a value that stands
  /// between others may remain at its ends.
  static func twice(_ value: [UInt8]) -> [(bytes: [UInt8], edges: Needle.Edges)] {
    (all(of: value).map(\.bytes) + alone(value)).flatMap { all(of: $0) }
  }

  /// The value encoded by itself, without padding.
  static func alone(_ value: [UInt8]) -> [[UInt8]] {
    let sextets = Sextets(of: value, alignment: 0)
    return alphabets.map { alphabet in (sextets.whole + (sextets.last.map { [$0.bits] } ?? [])).map { alphabet[$0] } }
  }

  /// A value cut into groups of six bits.
  private struct Sextets {
    var first: Sextet?
    var whole: [Int] = []
    var last: Sextet?

    /// `alignment` is the number of bytes that the group of three has before the value.
    init(of value: [UInt8], alignment: Int) {
      var current = 0
      // Bits of the sextet that belong to bytes before the value.
      var foreign = alignment * 8 % 6
      var filled = foreign
      for byte in value {
        for shift in stride(from: 7, through: 0, by: -1) {
          current = current << 1 | Int(byte >> UInt8(shift) & 1)
          filled += 1
          guard filled == 6 else { continue }
          if foreign > 0 { first = Sextet(bits: current, mask: 0x3f >> foreign) } else { whole.append(current) }
          (current, filled, foreign) = (0, 0, 0)
        }
      }
      let free = 6 - filled
      if filled > 0 { last = Sextet(bits: current << free, mask: 0x3f << free & 0x3f) }
    }
  }
}
