/// Finds needles in a stream and knows at every moment which bytes can no longer become part of one.
struct Scan {
  /// A stretch to be masked; indices of `buffer`.
  struct Match {
    var start: Int
    var end: Int
    var needle: Int
  }

  private let automaton: Automaton
  private let needles: [Needle]
  private var state: Int32 = 0
  /// Everything that has not been let go yet.
  private(set) var buffer: [UInt8] = []
  /// Disjoint, in order.
  private(set) var matches: [Match] = []
  /// Bounded needles that end exactly at the end of what was read: they count unless a word byte follows.
  private var undecided: [Match] = []
  /// The byte before the buffer.
  private var previous: UInt8?

  init(_ automaton: Automaton, _ needles: [Needle]) {
    self.automaton = automaton
    self.needles = needles
  }

  /// Reads on, and returns how many bytes of the buffer are decided: no later byte changes what becomes of them.
  mutating func read(_ bytes: UnsafeRawBufferPointer) -> Int {
    let start = buffer.count
    unsafe buffer.append(contentsOf: bytes)
    walk(from: start)
    let depth = automaton.states[Int(state) / automaton.width].depth
    let decided = buffer.count - Int(depth)
    guard let last = matches.last, last.end > decided else { return decided }
    return min(last.start, decided)
  }

  /// Ends the stream: what looks like the beginning of a secret counts as one from 8 bytes or half of it on.
  mutating func end() {
    decide(before: nil)
    var row = Int(state) / automaton.width
    while automaton.states[row].depth > 0 {
      let prefix = automaton.states[row]
      let needle = needles[Int(prefix.shortest)]
      let isLong = prefix.depth >= Secret.safeLength || Int(prefix.depth) * 2 >= needle.bytes.count
      if isLong, !needle.isBounded {
        add(Match(start: buffer.count - Int(prefix.depth), end: buffer.count, needle: Int(prefix.shortest)))
        break
      }
      row = Int(prefix.fallback) / automaton.width
    }
    state = 0
  }

  /// Lets go of the first `count` bytes, and of the matches in them.
  mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    previous = buffer[count - 1]
    buffer.removeFirst(count)
    matches.removeAll { $0.end <= count }
    for index in matches.indices {
      matches[index].start -= count
      matches[index].end -= count
    }
  }

  private mutating func walk(from start: Int) {
    var index = start
    while index < buffer.count {
      index = advance(from: index)
      if index > buffer.count { return }
      note(endingAt: index)
    }
  }

  /// Runs the table over the buffer up to and with the byte at which a needle ends, or to the end.
  ///
  /// Returns the index after that byte, or one beyond the buffer's end when none ended.
  private mutating func advance(from start: Int) -> Int {
    let isWaiting = !undecided.isEmpty
    if isWaiting { decide(before: buffer[start]) }
    var state = self.state
    defer { self.state = state }
    return unsafe buffer.withUnsafeBufferPointer { bytes in
      unsafe automaton.transitions.withUnsafeBufferPointer { table in
        unsafe automaton.classes.withUnsafeBufferPointer { classes in
          unsafe automaton.pairs.withUnsafeBufferPointer { pairs in
            var index = start
            let count = bytes.count
            while index < count {
              if state == 0 {
                // At the root only a pair with which some needle begins is worth a walk.
                while index + 1 < count {
                  let pair = unsafe Int(bytes[index]) << 8 | Int(bytes[index + 1])
                  if unsafe pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 { break }
                  index += 1
                }
              }
              let target = unsafe table[Int(state) + Int(classes[Int(bytes[index])])]
              state = target & ~Automaton.matchBit
              index += 1
              if target & Automaton.matchBit != 0 { return index }
            }
            return count + 1
          }
        }
      }
    }
  }

  private mutating func note(endingAt end: Int) {
    var row = Int(state) / automaton.width
    let found = automaton.states[row]
    if found.match > 0 { add(Match(start: end - Int(found.match), end: end, needle: Int(found.needle))) }
    while automaton.states[row].bounded > 0 {
      let bounded = automaton.states[row]
      let start = end - Int(bounded.bounded)
      let neighbour = start > 0 ? buffer[start - 1] : previous
      if neighbour?.isWordByte != true {
        undecided.append(Match(start: start, end: end, needle: Int(bounded.boundedNeedle)))
        break
      }
      row = Int(bounded.fallback) / automaton.width
    }
    if end < buffer.count { decide(before: buffer[end]) }
  }

  private mutating func decide(before next: UInt8?) {
    if next?.isWordByte != true { for match in undecided { add(match) } }
    undecided.removeAll(keepingCapacity: true)
  }

  /// Strict overlaps become one; that a match touches another must not depend on where the writes fell.
  private mutating func add(_ match: Match) {
    var merged = match
    while let last = matches.last, last.end > merged.start {
      if last.start <= merged.start { merged.needle = last.needle }
      merged.start = min(merged.start, last.start)
      merged.end = max(merged.end, last.end)
      matches.removeLast()
    }
    matches.append(merged)
  }
}
