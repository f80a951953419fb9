/// Finds needles in a stream, in all notations, and knows at every moment which bytes can no longer become part of one.
struct Scan: Sendable {
  let matcher: Matcher
  private(set) var held = Held()
  private(set) var coverage = Coverage()
  private var state = Automaton.root
  private var hexState = Automaton.root
  private var views = View.all
  /// How many of them are awake.
  private var awake = 0
  private var dump = DumpView()
  private var passed = Passed()
  /// Where it is tried again to put the views to sleep.
  private var nextRest = 0
  /// Needles that end exactly at the end of what was read, and depend on the byte that follows.
  private var waiting: [Match] = []

  /// A needle where it stands, in absolute offsets.
  private struct Match: Sendable {
    var start: Int
    var end: Int
    let needle: Int
    let form: SecretForm
  }

  init(_ matcher: Matcher) {
    self.matcher = matcher
    dump.wake(at: 0)
  }

  /// Goes on where another scan is, with other needles: what it held back is read anew, with what is remembered before it.
  init(_ matcher: Matcher, continuing earlier: Scan) {
    self.matcher = matcher
    held = earlier.held
    coverage = earlier.coverage.shown
    dump.wake(at: held.base)
    find(from: held.base)
  }

  /// Reads on.
  mutating func read(_ bytes: UnsafeRawBufferPointer) {
    guard let first = unsafe bytes.first else { return }
    resolveWaiting(before: first)
    let position = held.end
    unsafe held.append(bytes)
    if !matcher.needles.isEmpty { find(from: position) }
  }

  /// From one byte at which views wake to the next: there the walk over the stream itself has to be exact.
  private mutating func find(from begin: Int) {
    var position = begin
    while position < held.end {
      if position >= nextRest { rest(at: position) }
      let (special, isForDump) = nextSpecial(from: position)
      if special > position {
        show(position..<special)
        walk(position..<special)
        position = special
      }
      guard position < held.end, let byte = held.byte(at: position) else { return }
      for index in isForDump ? [] : View.waking[Int(byte)] where !views[index].isAwake {
        views[index].wake(at: position, after: passed.end(for: index), state, matcher.plain)
        awake += 1
      }
      show(position..<(position + 1))
      walk(position..<(position + 1))
      position += 1
      if byte == 0x0a || byte == 0x0d { dump.wake(at: position) }
    }
  }

  /// Puts all views to sleep if none of the sequences that they are about can be part of a needle.
  private mutating func rest(at position: Int) {
    guard awake > 0, !views.contains(where: \.isInEscape) else { return }
    nextRest = position + 64
    let (plain, grams) = (matcher.plain, matcher.grams)
    let first = views.reduce(position) { min($0, $1.held(plain) ?? position) }
    guard first >= position - 256 else { return }
    var passed = passed
    let isMere = held.read { bytes, base in
      var margin = Margin()
      var index = Specials.next(from: first - base, in: bytes)
      while index + base < position {
        guard var passage = grams.passes(bytes, index, &margin) else { return false }
        // In a row of backslashes it is not known here which of them belong together.
        let isInRow = bytes[index] == .backslash && bytes[index - 1] == .backslash
        if isInRow { passage = Passage(end: index + 1, twofoldEnd: index + 1) }
        if passage.end > index { passed.note(bytes[index], passage, base) }
        index = Specials.next(from: index + 1, in: bytes)
      }
      return true
    }
    guard isMere else { return }
    self.passed = passed
    for index in views.indices where views[index].isAwake { views[index].rest(at: position, plain) }
    awake = 0
  }

  private func mayBeDump(at position: Int) -> Bool {
    held.read { bytes, base in
      position - base + Sequences.lookahead >= bytes.count || Sequences.beginsDump(bytes, position - base)
    }
  }

  /// Where views have to be woken, or the dump alone; the end where that is nowhere.
  private mutating func nextSpecial(from position: Int) -> (Int, isForDump: Bool) {
    let (isQuiet, grams) = (awake == 0, matcher.grams)
    if isQuiet, dump.isAwake, dump.isIdle(matcher.plain), !mayBeDump(at: position) { dump.sleep() }
    let isDumpAwake = dump.isAwake
    var passed = passed
    let next = held.read { bytes, base in
      var (margin, repetition) = (Margin(), Repetition())
      var index = Specials.next(from: position - base, in: bytes)
      while isQuiet, index < bytes.count {
        if !isDumpAwake { index = repetition.skip(bytes, from: index) }
        let byte = bytes[index]
        if byte == .backslash {
          guard let row = grams.passesRow(bytes, index, &margin) else { break }
          if row.passage.end > index { passed.note(byte, row.passage, base) }
          index = Specials.next(from: row.next, in: bytes)
        } else {
          guard let passage = grams.passes(bytes, index, &margin) else { break }
          if passage.end > index { passed.note(byte, passage, base) }
          if byte.isBreak, isDumpAwake || Sequences.beginsDump(bytes, index + 1) { return (index + base, true) }
          index = Specials.next(from: index + 1, in: bytes)
        }
      }
      return (index + base, false)
    }
    self.passed = passed
    return next
  }

  /// Has the views see some bytes, for as long as they are awake.
  private mutating func show(_ range: Range<Int>) {
    if awake == 0, !dump.isAwake { return }
    var found: [(trail: Trail, end: Int, form: SecretForm?, isBroken: Bool)] = []
    if awake > 0 {
      let plain = matcher.plain
      for index in views.indices where views[index].isAwake {
        for offset in range {
          guard let byte = held.byte(at: offset) else { break }
          var ends: [(Trail, Int)] = []
          views[index].take(byte, at: offset, plain) { ends.append(($0, $1)) }
          for (trail, end) in ends { found.append((trail, end, views[index].form, views[index].breaksLines)) }
          guard views[index].isAwake else {
            awake -= 1
            break
          }
        }
      }
    }
    for offset in range {
      guard dump.isAwake, let byte = held.byte(at: offset) else { break }
      dump.take(byte, at: offset, matcher.plain) { found.append(($0, $1, .hex, true)) }
    }
    for (trail, end, form, isBroken) in found { note(trail, end, form, isBroken) }
  }

  private mutating func note(_ trail: Trail, _ end: Int, _ form: SecretForm?, _ isBroken: Bool) {
    guard end > held.start else { return }
    let matcher = matcher
    matcher.plain.forEachNeedle(endingAt: trail.state) { index in
      let needle = matcher.needles[index]
      // Short words that only a line break or a column of digits makes are found everywhere.
      if isBroken, needle.edges == .words { return }
      let start = trail.start(ofLast: needle.bytes.count)
      let known = needle.form == .verbatim || needle.form == .line ? form ?? needle.form : needle.form
      note(Match(start: start, end: end, needle: index, form: known))
    }
  }

  /// Walks over some bytes as they are.
  private mutating func walk(_ range: Range<Int>) {
    let matcher = matcher
    var state = state
    advance(matcher.plain, &state, over: range) { index in index }
    self.state = state
    state = hexState
    advance(matcher.hex, &state, over: range) { index in matcher.hexNeedles[index] }
    hexState = state
  }

  private mutating func advance(
    _ automaton: Automaton, _ state: inout Automaton.State, over range: Range<Int>, needle: (Int) -> Int
  ) {
    var position = range.lowerBound
    while position < range.upperBound {
      let end = held.read { bytes, base in
        automaton.walk(bytes.extracting(..<(range.upperBound - base)), from: position - base, &state).map { $0 + base }
      }
      guard let end else { return }
      position = end
      // What ends before has been handed on, whatever it was.
      guard end > held.start else { continue }
      automaton.forEachNeedle(endingAt: state) { index in
        let (index, needles) = (needle(index), matcher.needles)
        note(Match(start: end - needles[index].bytes.count, end: end, needle: index, form: needles[index].form))
      }
    }
  }

  /// The offset before which no later byte changes anything.
  var decided: Int {
    var live = held(before: held.end - matcher.plain.depth(of: state), matcher.plain.looksBehind(state))
    live = min(live, held.end - matcher.hex.depth(of: hexState))
    for view in views where view.isAwake {
      guard let start = view.held(matcher.plain) else { continue }
      live = min(live, held(before: start, matcher.plain.looksBehind(view.trail.state)))
    }
    return min(live, dump.held(matcher.plain) ?? live)
  }

  private func held(before live: Int, _ looksBehind: Bool) -> Int {
    guard looksBehind, live > held.start, let byte = held.byte(at: live - 1) else { return live }
    return matcher.plain.canPrecede(byte) ? live - 1 : live
  }

  /// Settles what depends on the byte that follows: there is none.
  mutating func settle() {
    var found: [(Trail, Int)] = []
    dump.finishLine(matcher.plain) { found.append(($0, $1)) }
    for (trail, end) in found { note(trail, end, .hex, true) }
    resolveWaiting(before: nil)
  }

  /// Ends a stream that may have been cut: what looks like the beginning of a secret counts as one from 8 bytes or half
  /// of it on.
  mutating func end() {
    settle()
    let end = held.end
    cutOff(matcher.plain, state, form: nil, needle: { $0 }, start: { end - $0 })
    let hexNeedles = matcher.hexNeedles
    cutOff(matcher.hex, hexState, form: nil, needle: { hexNeedles[$0] }, start: { end - $0 })
    for view in views where view.isAwake && !view.isBetweenLines {
      cutOff(matcher.plain, view.trail.state, form: view.form, needle: { $0 }, start: view.trail.start)
    }
    if dump.isAwake { cutOff(matcher.plain, dump.trail.state, form: .hex, needle: { $0 }, start: dump.trail.start) }
    (state, hexState) = (Automaton.root, Automaton.root)
  }

  private mutating func cutOff(
    _ automaton: Automaton, _ last: Automaton.State, form: SecretForm?, needle: (Int) -> Int, start: (Int) -> Int
  ) {
    var state = last
    while state != Automaton.root {
      let depth = automaton.depth(of: state)
      if let index = automaton.needle(beginningAt: state).map(needle),
        depth >= Secret.safeLength || depth * 2 >= matcher.needles[index].bytes.count
      {
        return cover(
          Match(start: start(depth), end: held.end, needle: index, form: form ?? matcher.needles[index].form))
      }
      state = automaton.fallback(of: state)
    }
  }

  /// Lets go of everything before `end`.
  mutating func release(upTo end: Int) {
    coverage.release(upTo: end)
    held.release(upTo: end)
  }

  private mutating func note(_ match: Match) {
    let needle = matcher.needles[match.needle]
    switch needle.edges {
    case .free: cover(match)
    case .words:
      let isFirst = needle.bytes.first?.isWordByte == false || WordBoundary.isAfter(held.context(before: match.start))
      guard isFirst else { return }
      if needle.bytes.last?.isWordByte == true { wait(match) } else { cover(match) }
    case .sextets(_, let after):
      cover(match)
      if after != nil { wait(match) }
    }
  }

  private mutating func wait(_ match: Match) {
    if let next = held.byte(at: match.end) { resolve(match, before: next) } else { waiting.append(match) }
  }

  private mutating func resolveWaiting(before next: UInt8?) {
    if waiting.isEmpty { return }
    for match in waiting { resolve(match, before: next) }
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func resolve(_ match: Match, before next: UInt8?) {
    var match = match
    switch matcher.needles[match.needle].edges {
    case .free: return
    case .words where WordBoundary.isBefore(next): break
    case .words: return
    case .sextets(_, let after):
      guard let after, let next, after.accepts(next) else { return }
      match.end += 1
    }
    cover(match)
  }

  private mutating func cover(_ match: Match) {
    // A needle that was not known when its beginning was handed on.
    var start = max(match.start, held.start)
    if case .sextets(let before?, _) = matcher.needles[match.needle].edges,
      start > held.start, let byte = held.byte(at: start - 1), before.accepts(byte)
    {
      start -= 1
    }
    coverage.add(start, match.end, needle: match.needle, form: match.form)
  }
}
