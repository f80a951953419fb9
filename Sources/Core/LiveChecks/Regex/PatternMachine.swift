/// Runs a program on a text, all threads in step (Pike's simulation); places in the text are offsets in its UTF-8.
struct PatternMachine {
  private let program: PatternProgram
  private let slots: Int
  private var current: Threads
  private var next: Threads
  /// The slots of the thread that is being followed.
  private var scratch: [Int]
  private var stack: [Frame] = []
  /// What is added to the places of a run, so that none of them was met in an earlier one.
  private var epoch = 0
  /// How many instructions have been looked at, in all runs.
  private(set) var steps = 0

  /// Those that wait for a scalar, the preferred ones first.
  private struct Threads {
    var counters: [Int] = []
    /// One row a thread.
    var slots: [Int] = []
    /// The last place at which each instruction was met, with the epoch.
    var seen: [Int]

    mutating func removeAll() {
      counters.removeAll(keepingCapacity: true)
      slots.removeAll(keepingCapacity: true)
    }
  }

  private enum Frame {
    case explore(Int)
    /// What follows is another branch: a slot has its old value again.
    case restore(Int, Int)
  }

  /// - Parameter slots: how many places of groups are wanted; without any it is only told whether there is a match.
  init(_ program: PatternProgram, slots: Int) {
    self.program = program
    self.slots = slots
    let seen = Array(repeating: -1, count: program.instructions.count)
    current = Threads(seen: seen)
    next = Threads(seen: seen)
    scratch = Array(repeating: -1, count: slots)
  }

  /// The slots of the leftmost match at or after `start`, the preferred one of those; nil when there is none.
  mutating func run(_ text: Span<UInt8>, from start: Int) -> [Int]? {
    current.removeAll()
    defer { epoch += text.count + 2 }
    var found: [Int]?
    var position = start
    var before = Self.scalar(endingAt: start, text)
    while position <= text.count {
      if current.counters.isEmpty {
        if found != nil || (program.isAnchored && position > 0) { break }
        let skipped = skip(text, from: position)
        if skipped > position {
          position = skipped
          before = Self.scalar(endingAt: position, text)
        }
      }
      let (scalar, length) = Self.scalar(at: position, text)
      if found == nil { follow(0, at: position, before, scalar, fresh: true) }
      next.removeAll()
      let after = position + length < text.count ? Self.scalar(at: position + length, text).scalar : nil
      if let match = step(scalar, at: position + max(length, 1), after) {
        if slots == 0 { return [] }
        found = match
      }
      swap(&current, &next)
      position += max(length, 1)
      before = scalar
    }
    return found
  }

  /// Lets every thread read one scalar; the slots of the one that is at its end, which cuts off all behind it.
  private mutating func step(_ scalar: Unicode.Scalar?, at position: Int, _ after: Unicode.Scalar?) -> [Int]? {
    for index in current.counters.indices {
      let counter = current.counters[index]
      switch program.instructions[counter] {
      case .match: return Array(current.slots[index * slots..<(index + 1) * slots])
      case .scalar(let set):
        guard let scalar,
          scalar.value < 128 ? program.ascii[counter].contains(UInt8(scalar.value)) : set.contains(scalar)
        else { continue }
        for slot in 0..<slots { scratch[slot] = current.slots[index * slots + slot] }
        swap(&current, &next)
        follow(counter + 1, at: position, scalar, after, fresh: false)
        swap(&current, &next)
      case .assert, .save, .split, .jump: break
      }
    }
    return nil
  }

  /// Where a match can begin at the earliest.
  private func skip(_ text: Span<UInt8>, from start: Int) -> Int {
    guard let beginnings = program.beginnings else { return start }
    var position = start
    while position < text.count, text[position] < 128, !beginnings.contains(text[position]) { position += 1 }
    return position
  }

  /// Follows everything that reads no scalar and adds what waits for one to the current threads; an explicit stack, since
  /// patterns may be long.
  private mutating func follow(
    _ counter: Int, at position: Int, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?, fresh: Bool
  ) {
    if fresh { for slot in 0..<slots { scratch[slot] = -1 } }
    stack.append(.explore(counter))
    while let frame = stack.popLast() {
      guard case .explore(let counter) = frame else {
        if case .restore(let slot, let old) = frame { scratch[slot] = old }
        continue
      }
      guard current.seen[counter] != epoch + position else { continue }
      current.seen[counter] = epoch + position
      steps += 1
      switch program.instructions[counter] {
      case .jump(let target): stack.append(.explore(target))
      case .split(let first, let second):
        stack.append(.explore(second))
        stack.append(.explore(first))
      case .save(let slot):
        if slot < slots {
          stack.append(.restore(slot, scratch[slot]))
          scratch[slot] = position
        }
        stack.append(.explore(counter + 1))
      case .assert(let anchor):
        if Self.holds(anchor, before, after) { stack.append(.explore(counter + 1)) }
      case .scalar, .match:
        current.counters.append(counter)
        current.slots.append(contentsOf: scratch)
      }
    }
  }

  private static func holds(_ anchor: Anchor, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
    switch anchor {
    case .textStart: before == nil
    case .textEnd: after == nil
    case .lineStart: before == nil || before == "\n"
    case .lineEnd: after == nil || after == "\n"
    case .wordBoundary: (before?.isWord ?? false) != (after?.isWord ?? false)
    case .noWordBoundary: (before?.isWord ?? false) == (after?.isWord ?? false)
    }
  }

  /// The scalar at an offset of valid UTF-8 and how many bytes it takes; none at the end.
  private static func scalar(at offset: Int, _ text: Span<UInt8>) -> (scalar: Unicode.Scalar?, length: Int) {
    guard offset < text.count else { return (nil, 0) }
    let first = UInt32(text[offset])
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    var value = first & (0x7f >> UInt32(length))
    for index in 1..<length where offset + index < text.count {
      value = value << 6 | UInt32(text[offset + index] & 0x3f)
    }
    return (Unicode.Scalar(value) ?? "\u{fffd}", length)
  }

  private static func scalar(endingAt end: Int, _ text: Span<UInt8>) -> Unicode.Scalar? {
    guard end > 0 else { return nil }
    var start = end - 1
    while start > 0, text[start] & 0xc0 == 0x80 { start -= 1 }
    return scalar(at: start, text).scalar
  }
}
