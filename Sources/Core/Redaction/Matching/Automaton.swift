/// An Aho-Corasick automaton over bytes (Aho and Corasick, CACM 18/6, 1975), shared by all streams.
///
/// States are numbered breadth first, so that the children of a state are a range of numbers, and a smaller number is
/// never deeper.
final class Automaton: Sendable {
  typealias State = Int32
  static let root: State = 0

  let skip: Skip
  /// Set in every byte before it is looked at: 0x20 makes no difference between the cases of hexadecimal digits.
  private let fold: UInt8
  /// Length of the prefix of a needle that a state stands for.
  private let depths: [Int32]
  private let links: Links
  /// The states below this number have two bytes or less.
  private let shallowCount: Int32
  /// The first state on the way from a state over its fallbacks at which a needle ends; the root where there is none.
  private let reports: [Int32]
  /// The first needle that ends exactly at a state, and the next one after each needle; -1 for none.
  private let firstEnding: [Int32]
  private let nextEnding: [Int32]
  private let prefixes: Prefixes

  /// Needles are told of by their indices; those for `fold` must have its bits set.
  init(_ needles: [Needle], fold: UInt8 = 0) {
    let trie = Trie(needles)
    let (order, depths, firstChild) = trie.breadthFirst()
    let labels = order.map { trie.labels[Int($0)] }
    var numbers = [Int32](repeating: 0, count: order.count)
    for (number, node) in order.enumerated() { numbers[Int(node)] = Int32(number) }
    let ends = trie.ends.map { numbers[Int($0)] }

    let links = Links(labels: labels, firstChild: firstChild, rowCount: depths.count { $0 < 2 })
    prefixes = Prefixes(needles, ends: ends, firstChild: firstChild)
    shallowCount = Int32(depths.count { $0 < 3 })

    var firstEnding = [Int32](repeating: -1, count: order.count)
    var nextEnding = [Int32](repeating: -1, count: needles.count)
    for (needle, end) in ends.enumerated().reversed() {
      nextEnding[needle] = firstEnding[Int(end)]
      firstEnding[Int(end)] = Int32(needle)
    }
    var reports = [Int32](repeating: 0, count: order.count)
    for state in 1..<max(1, order.count) {
      reports[state] = firstEnding[state] >= 0 ? Int32(state) : reports[Int(links.fallbacks[state])]
    }
    (self.fold, self.depths, self.links) = (fold, depths, links)
    (self.firstEnding, self.nextEnding, self.reports) = (firstEnding, nextEnding, reports)
    skip = Skip(needles, fold: fold)
  }

  var stateCount: Int { depths.count }

  func depth(of state: State) -> Int { Int(depths[Int(state)]) }

  /// The state after a state and a byte.
  func step(_ state: State, _ byte: UInt8) -> State { links.step(state, byte | fold) }

  /// Whether some needle ends where the state was reached.
  func ends(at state: State) -> Bool { reports[Int(state)] != Self.root }
  func fallback(of state: State) -> State { links.fallbacks[Int(state)] }

  /// Whether a needle that begins with a state's prefix may mask the byte before it.
  func looksBehind(_ state: State) -> Bool { prefixes.looksBehind[Int(state)] }

  /// Whether some needle masks this byte when it stands before it.
  func canPrecede(_ byte: UInt8) -> Bool { prefixes.preceding[Int(byte)] }

  /// The shortest needle of those that begin with a state's prefix and count wherever they stand.
  func needle(beginningAt state: State) -> Int? {
    let needle = prefixes.beginning[Int(state)]
    return needle < 0 ? nil : Int(needle)
  }

  /// The indices of all needles that end where the state was reached.
  func forEachNeedle(endingAt state: State, _ body: (Int) -> Void) {
    var report = reports[Int(state)]
    while report != Self.root {
      var needle = firstEnding[Int(report)]
      while needle >= 0 {
        body(Int(needle))
        needle = nextEnding[Int(needle)]
      }
      report = reports[Int(links.fallbacks[Int(report)])]
    }
  }

  /// Walks until a byte at which a needle ends, and returns the index after it; nil when none ends before the end of
  /// the bytes.
  ///
  /// `state` is that of the bytes before `start`, of which at least its depth are in `bytes`.
  func walk(_ bytes: Span<UInt8>, from start: Int, _ state: inout State) -> Int? {
    let (reports, rows, fold) = (reports, links.rows, fold)
    var (index, current) = (start, state)
    defer { state = current }
    // Where the window was last found to be the possible beginning of a needle.
    var candidate = -1
    while index < bytes.count {
      if current < shallowCount {
        let live = index - Int(depths[Int(current)])
        if live > candidate {
          // Nothing that is live has more than two bytes: to look again from there costs less than to walk on.
          index = skip.next(from: live, in: bytes)
          (candidate, current) = (index, Self.root)
          if index >= bytes.count { return nil }
        }
      }
      let byte = bytes[index] | fold
      let place = Int(current) << 8 | Int(byte)
      if place < rows.count {
        current = rows[place]
      } else {
        current = links.step(current, byte)
      }
      index += 1
      if reports[Int(current)] != Self.root { return index }
    }
    return nil
  }
}
