/// A walk through an automaton over bytes that stand elsewhere in the stream than one after the other.
struct Trail: Sendable {
  private(set) var state = Automaton.root
  /// The first bytes, which stand one after the other from an offset on, and how many they are.
  private var origin = 0
  private var run = 0
  /// Where the others begin, without those that were dropped because nothing that is live has them.
  private var starts: [Int] = []
  private var dropped = 0
  /// How many bytes there are up to the last that is written otherwise than as itself.
  private var written = 0

  private var count: Int { run + dropped + starts.count }

  /// Goes on from where a walk over the stream itself is.
  mutating func begin(at offset: Int, _ state: Automaton.State, depth: Int) {
    self.state = state
    (origin, run, dropped, written) = (offset - depth, depth, 0, depth)
    starts.removeAll(keepingCapacity: true)
  }

  /// Takes a byte and answers whether a needle ends with it.
  mutating func step(_ unit: Unit, _ automaton: Automaton) -> Bool {
    starts.append(unit.start)
    if unit.isWritten { written = count }
    state = automaton.step(state, unit.byte)
    trim(automaton)
    return automaton.ends(at: state)
  }

  /// Where the last bytes, as many as a needle has, begin in the stream.
  func start(ofLast length: Int) -> Int {
    let index = count - length
    return index < run ? origin + index : starts[index - run - dropped]
  }

  /// Where what is live begins; nil where nothing is.
  func live(_ automaton: Automaton) -> Int? {
    let depth = automaton.depth(of: state)
    return depth == 0 ? nil : start(ofLast: depth)
  }

  /// Whether all that is live is written as it is: then the walk over the stream itself is at the same state.
  func isPlain(_ automaton: Automaton) -> Bool { count - automaton.depth(of: state) >= written }

  private mutating func trim(_ automaton: Automaton) {
    guard starts.count > 4096 else { return }
    let needed = min(starts.count, automaton.depth(of: state))
    if starts.count - needed > starts.count / 2 {
      dropped += starts.count - needed
      starts.removeFirst(starts.count - needed)
    }
  }
}
