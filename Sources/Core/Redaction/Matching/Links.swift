/// Where each state of an automaton leads, built from the tree of needles level by level.
///
/// The root and the states of one byte, where nearly all time is spent, have a whole row of transitions each. All
/// deeper ones, which are nearly all, have their children and a fallback: a thousand needles need some megabytes
/// instead of hundreds.
struct Links: Sendable {
  /// The byte that leads to each state.
  private let labels: [UInt8]
  /// The first child of each state, whose last is the one before the next state's first; one more than there are
  /// states.
  private let firstChild: [Int32]
  /// The state of the longest proper suffix that is a prefix of a needle.
  private(set) var fallbacks: [Int32]
  /// 256 transitions of each state of one byte or none.
  private(set) var rows: [Int32]

  init(labels: [UInt8], firstChild: [Int32], rowCount: Int) {
    (self.labels, self.firstChild) = (labels, firstChild)
    fallbacks = [Int32](repeating: 0, count: labels.count)
    rows = [Int32](repeating: 0, count: rowCount << 8)
    for child in children(of: 0) { rows[Int(labels[child])] = Int32(child) }
    for state in 1..<max(1, rowCount) {
      for byte in 0..<256 { rows[state << 8 | byte] = rows[byte] }
      for child in children(of: state) { rows[state << 8 | Int(labels[child])] = Int32(child) }
    }
    for state in 1..<max(1, labels.count) {
      // The fallback of a child is shallower than the child, and all shallower states have theirs already.
      for child in children(of: state) { fallbacks[child] = step(fallbacks[state], labels[child]) }
    }
  }

  /// The state after a state and a byte: a child of the state, or else of the first of its fallbacks that has one.
  ///
  /// A step goes at most one deeper and a fallback goes up, so that a text of n bytes takes at most 2n of both.
  func step(_ state: Int32, _ byte: UInt8) -> Int32 {
    var state = Int(state)
    while state << 8 >= rows.count {
      for child in children(of: state) where labels[child] == byte { return Int32(child) }
      state = Int(fallbacks[state])
    }
    return rows[state << 8 | Int(byte)]
  }

  private func children(of state: Int) -> Range<Int> { Int(firstChild[state])..<Int(firstChild[state + 1]) }
}
