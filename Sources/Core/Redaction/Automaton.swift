/// An Aho-Corasick automaton over bytes (Aho and Corasick, CACM 18/6, 1975) as one dense table of transitions.
///
/// Bytes that occur in no needle share a class, so that a row has as many columns as there are different bytes.
struct Automaton: Sendable {
  /// Column of each byte; 0 is every byte that occurs in no needle.
  let classes: [UInt8]
  let width: Int
  /// Row-major: the state after `state` and a byte of a class; a state is the offset of its row, with `matchBit` set when
  /// a needle ends there.
  let transitions: [Int32]
  let states: [State]
  /// One bit for each pair of bytes with which a needle begins.
  let pairs: [UInt64]

  /// What is known when a state is reached.
  struct State: Sendable {
    /// Length of the longest prefix of a needle that ends here.
    var depth: Int32 = 0
    /// Length of the longest whole needle that ends here; 0 for none.
    var match: Int32 = 0
    /// Index of that needle.
    var needle: Int32 = -1
    /// Length of the longest bounded needle that ends here; 0 for none.
    var bounded: Int32 = 0
    var boundedNeedle: Int32 = -1
    /// The state of the longest proper suffix that is a prefix of a needle.
    var fallback: Int32 = 0
    /// A needle that begins with this prefix, the shortest of them.
    var shortest: Int32 = -1
  }

  static let matchBit: Int32 = 1 << 30

  init(_ needles: [Needle]) {
    var trie = Trie(needles)
    trie.link(needles)
    classes = trie.classes
    width = trie.width
    let (states, width) = (trie.states, trie.width)
    transitions = trie.transitions.map { target in
      let state = states[Int(target) / width]
      return state.match > 0 || state.bounded > 0 ? target | Self.matchBit : target
    }
    self.states = states
    var pairs = [UInt64](repeating: 0, count: 1024)
    for needle in needles where needle.bytes.count > 1 {
      let pair = Int(needle.bytes[0]) << 8 | Int(needle.bytes[1])
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    }
    self.pairs = pairs
  }
}

/// The tree of all needles while it becomes an automaton.
private struct Trie {
  var classes = [UInt8](repeating: 0, count: 256)
  var width = 1
  var transitions: [Int32] = []
  var states: [Automaton.State] = []

  init(_ needles: [Needle]) {
    for byte in Set(needles.flatMap(\.bytes)).sorted() where width < 256 {
      classes[Int(byte)] = UInt8(width)
      width += 1
    }
    _ = addState(depth: 0)
    for (index, needle) in needles.enumerated() { add(needle, index: index, among: needles) }
  }

  private mutating func addState(depth: Int) -> Int32 {
    states.append(Automaton.State(depth: Int32(depth)))
    transitions.append(contentsOf: repeatElement(0, count: width))
    return Int32((states.count - 1) * width)
  }

  private mutating func add(_ needle: Needle, index: Int, among needles: [Needle]) {
    var state: Int32 = 0
    for (depth, byte) in needle.bytes.enumerated() {
      let slot = Int(state) + Int(classes[Int(byte)])
      if transitions[slot] == 0 { transitions[slot] = addState(depth: depth + 1) }
      state = transitions[slot]
      let row = Int(state) / width
      let known = states[row].shortest
      if known < 0 || needles[Int(known)].bytes.count > needle.bytes.count { states[row].shortest = Int32(index) }
    }
    let row = Int(state) / width
    if needle.isBounded {
      states[row].bounded = Int32(needle.bytes.count)
      states[row].boundedNeedle = Int32(index)
    } else {
      states[row].match = Int32(needle.bytes.count)
      states[row].needle = Int32(index)
    }
  }

  /// Breadth first: a state's fallback is shallower and therefore complete when the state is reached.
  mutating func link(_ needles: [Needle]) {
    var queue = (0..<width).map { transitions[$0] }.filter { $0 != 0 }
    var next = 0
    while next < queue.count {
      let state = Int(queue[next])
      next += 1
      let fallback = Int(states[state / width].fallback)
      inheritMatches(of: fallback / width, into: state / width)
      for column in 0..<width {
        let target = transitions[state + column]
        let other = transitions[fallback + column]
        if target == 0 {
          transitions[state + column] = other
        } else {
          states[Int(target) / width].fallback = other
          queue.append(target)
        }
      }
    }
  }

  private mutating func inheritMatches(of shorter: Int, into row: Int) {
    if states[row].match == 0 {
      states[row].match = states[shorter].match
      states[row].needle = states[shorter].needle
    }
    if states[row].bounded == 0 {
      states[row].bounded = states[shorter].bounded
      states[row].boundedNeedle = states[shorter].boundedNeedle
    }
  }
}
