/// The sequences that begin at one byte and are in no needle.
struct Passage {
  /// Where they end for those who read one notation, and for those who read it twice; where they begin if nobody reads one.
  var end: Int
  var twofoldEnd: Int
}

/// Where the last sequence of each notation ended that no view has seen, because it is in no needle.
struct Passed: Sendable {
  private var ends: InlineArray<6, Int> = .init(repeating: 0)
  private var twofoldEnds: InlineArray<6, Int> = .init(repeating: 0)

  private static let bytes: [UInt8] = [.percent, .backslash, UInt8(ascii: "&"), 0x1b, 0x0a, 0x0d]
  /// The places of the bytes at which each view wakes.
  private static let places = View.all.indices.map { view in
    bytes.indices.filter { View.waking[Int(bytes[$0])].contains(view) }
  }

  mutating func note(_ byte: UInt8, _ passage: Passage, _ base: Int) {
    let place =
      switch byte {
      case .percent: 0
      case .backslash: 1
      case UInt8(ascii: "&"): 2
      case 0x1b: 3
      case 0x0a: 4
      default: 5
      }
    ends[place] = max(ends[place], passage.end + base)
    twofoldEnds[place] = max(twofoldEnds[place], passage.twofoldEnd + base)
  }

  /// Of those at which a view would have woken.
  func end(for view: Int) -> Int {
    let isTwofold = View.all[view].isTwofold
    return Self.places[view].reduce(0) { max($0, isTwofold ? twofoldEnds[$1] : ends[$1]) }
  }
}
