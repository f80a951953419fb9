/// Base64 (RFC 4648) of a value wherever it stands in the encoded bytes, in both alphabets.
enum Base64Forms {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  /// Enough characters to be no accident.
  private static let anchor = 7

  static func all(of value: [UInt8]) -> [[UInt8]] {
    [standard, urlSafe].flatMap { alphabet in (0..<3).flatMap { forms(of: value, alignment: $0, alphabet) } }
  }

  /// The characters that depend on the value alone, and, at both ends, those that depend on a neighbour as well: with every
  /// value that the neighbour's bits may have, since the last bits of a secret are secret too.
  private static func forms(of value: [UInt8], alignment: Int, _ alphabet: [UInt8]) -> [[UInt8]] {
    let bits = bits(of: value, alignment: alignment)
    let whole = bits.whole.map { alphabet[$0] }
    guard whole.count >= 2 else { return [] }
    let heads = alphabet.characters(matching: bits.first).map { [$0] + Array(whole.prefix(anchor)) }
    let tails = alphabet.characters(matching: bits.last).map { Array(whole.suffix(anchor)) + [$0] }
    return [whole] + heads + tails
  }

  private static func bits(of value: [UInt8], alignment: Int) -> (
    first: PartialSextet?, whole: [Int], last: PartialSextet?
  ) {
    var first: PartialSextet?
    var whole: [Int] = []
    var current = 0
    // Bits of the sextet that belong to bytes before the value.
    var foreign = alignment * 8 % 6
    var filled = foreign
    for byte in value {
      for shift in stride(from: 7, through: 0, by: -1) {
        current = current << 1 | Int(byte >> UInt8(shift) & 1)
        filled += 1
        guard filled == 6 else { continue }
        if foreign > 0 {
          first = PartialSextet(value: current, mask: 0x3f >> foreign)
        } else {
          whole.append(current)
        }
        (current, filled, foreign) = (0, 0, 0)
      }
    }
    let free = 6 - filled
    return (first, whole, filled > 0 ? PartialSextet(value: current << free, mask: 0x3f << free & 0x3f) : nil)
  }

  struct PartialSextet {
    let value: Int
    /// The bits that are known.
    let mask: Int
  }
}

extension [UInt8] {
  /// The characters of an alphabet whose known bits are those of the sextet; none where there is no such sextet.
  fileprivate func characters(matching sextet: Base64Forms.PartialSextet?) -> [UInt8] {
    guard let sextet else { return [] }
    return indices.filter { $0 & sextet.mask == sextet.value & sextet.mask }.map { self[$0] }
  }
}
