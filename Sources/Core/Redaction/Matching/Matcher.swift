/// The needles of all secrets, ready to be found; shared by all streams.
final class Matcher: Sendable {
  let needles: [Needle]
  /// Finds them as they are.
  let plain: Automaton
  /// Finds hexadecimal digits in whatever mixture of cases.
  let hex: Automaton
  let grams: Grams
  /// The needle of each of those of `hex`.
  let hexNeedles: [Int]

  init(_ needles: [Needle]) {
    self.needles = needles
    plain = Automaton(needles)
    let isFolded = { (needle: Needle) in
      needle.form == .hex && needle.bytes.allSatisfy { $0.isHexDigit && $0 & 0x20 != 0 }
    }
    hexNeedles = needles.indices.filter { isFolded(needles[$0]) }
    grams = Grams(needles)
    hex = Automaton(hexNeedles.map { needles[$0] }, fold: 0x20)
  }
}
