/// Finds needles in a stream and knows at every moment which bytes can no longer become part of one.
struct Scan: Sendable {
  let automaton: Automaton
  private(set) var held = Held()
  private(set) var coverage = Coverage()
  private var state = Automaton.root
  /// Needles that end exactly at the end of what was read, and depend on the byte that follows.
  private var waiting: [Match] = []

  /// A needle where it stands, in absolute offsets.
  private struct Match: Sendable {
    var start: Int
    var end: Int
    let needle: Int
  }

  init(_ automaton: Automaton) { self.automaton = automaton }

  /// Goes on where another scan is, with other needles: what it held back is read anew, with what is remembered before it.
  init(_ automaton: Automaton, continuing earlier: Scan) {
    self.automaton = automaton
    held = earlier.held
    coverage = earlier.coverage.shown
    find(from: held.base)
  }

  /// Reads on.
  mutating func read(_ bytes: UnsafeRawBufferPointer) {
    guard let first = unsafe bytes.first else { return }
    resolveWaiting(before: first)
    let position = held.end
    unsafe held.append(bytes)
    find(from: position)
  }

  private mutating func find(from begin: Int) {
    var position = begin
    while let end = walk(from: position) {
      position = end
      // What ends before has been handed on, whatever it was.
      if end > held.start { automaton.forEachNeedle(endingAt: state) { note($0, endingAt: end) } }
      if let next = held.byte(at: end) { resolveWaiting(before: next) }
    }
  }

  /// The offset before which no later byte changes anything.
  var decided: Int {
    let live = held.end - automaton.depth(of: state)
    guard automaton.looksBehind(state), live > held.start, let byte = held.byte(at: live - 1) else { return live }
    return automaton.canPrecede(byte) ? live - 1 : live
  }

  /// Settles what depends on the byte that follows: there is none.
  mutating func settle() { resolveWaiting(before: nil) }

  /// Ends a stream that may have been cut: what looks like the beginning of a secret counts as one from 8 bytes or half
  /// of it on.
  mutating func end() {
    settle()
    while state != Automaton.root {
      let depth = automaton.depth(of: state)
      if let needle = automaton.needle(beginningAt: state),
        depth >= Secret.safeLength || depth * 2 >= automaton.needles[needle].bytes.count
      {
        cover(Match(start: held.end - depth, end: held.end, needle: needle))
        break
      }
      state = automaton.fallback(of: state)
    }
    state = Automaton.root
  }

  /// Lets go of everything before `end`.
  mutating func release(upTo end: Int) {
    coverage.release(upTo: end)
    held.release(upTo: end)
  }

  private mutating func walk(from position: Int) -> Int? {
    var state = state
    defer { self.state = state }
    return held.read { bytes, base in
      automaton.walk(bytes, from: position - base, &state).map { $0 + base }
    }
  }

  private mutating func note(_ index: Int, endingAt end: Int) {
    let needle = automaton.needles[index]
    let match = Match(start: end - needle.bytes.count, end: end, needle: index)
    switch needle.edges {
    case .free: cover(match)
    case .words:
      let isFirst = needle.bytes.first?.isWordByte == false || WordBoundary.isAfter(held.context(before: match.start))
      guard isFirst else { return }
      if needle.bytes.last?.isWordByte == true { waiting.append(match) } else { cover(match) }
    case .sextets(_, let after):
      cover(match)
      if after != nil { waiting.append(match) }
    }
  }

  private mutating func resolveWaiting(before next: UInt8?) {
    if waiting.isEmpty { return }
    for var match in waiting {
      switch automaton.needles[match.needle].edges {
      case .free: continue
      case .words where WordBoundary.isBefore(next): break
      case .words: continue
      case .sextets(_, let after):
        guard let after, let next, after.accepts(next) else { continue }
        match.end += 1
      }
      cover(match)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func cover(_ match: Match) {
    // A needle that was not known when its beginning was handed on.
    var start = max(match.start, held.start)
    if case .sextets(let before?, _) = automaton.needles[match.needle].edges,
      start > held.start, let byte = held.byte(at: start - 1), before.accepts(byte)
    {
      start -= 1
    }
    coverage.add(start, match.end, needle: match.needle)
  }
}
