/// What the prefix that a state stands for can become.
struct Prefixes {
  /// The shortest needle of those that begin with each state's prefix and count wherever they stand; -1 for none.
  private(set) var beginning: [Int32]
  /// Whether one that begins with each state's prefix may mask the byte before it.
  private(set) var looksBehind: [Bool]
  /// The bytes that some needle masks when they stand before it.
  private(set) var preceding = [Bool](repeating: false, count: 256)

  init(_ needles: [Needle], ends: [Int32], firstChild: [Int32]) {
    let count = firstChild.count - 1
    beginning = [Int32](repeating: -1, count: count)
    looksBehind = [Bool](repeating: false, count: count)
    for (index, needle) in needles.enumerated() {
      let end = Int(ends[index])
      switch needle.edges {
      case .free: note(index, at: end, needles)
      case .sextets(let before, _):
        note(index, at: end, needles)
        guard let before else { break }
        looksBehind[end] = true
        for byte in UInt8.min...UInt8.max where before.accepts(byte) { preceding[Int(byte)] = true }
      case .words: break
      }
    }
    // From the leaves to the root: a child has a greater number than its parent.
    for state in stride(from: count - 1, through: 0, by: -1) {
      for child in Int(firstChild[state])..<Int(firstChild[state + 1]) {
        if beginning[child] >= 0 { note(Int(beginning[child]), at: state, needles) }
        if looksBehind[child] { looksBehind[state] = true }
      }
    }
  }

  private mutating func note(_ needle: Int, at state: Int, _ needles: [Needle]) {
    let known = Int(beginning[state])
    if known < 0 || (needles[needle].bytes.count, needle) < (needles[known].bytes.count, known) {
      beginning[state] = Int32(needle)
    }
  }
}
