/// Runs a program on a text, all threads in step.
struct PatternMachine {
  let program: [Instruction]
  let slots: Int

  private struct Threads {
    var order: [(counter: Int, slots: [Int])] = []
    var seen: [Int]
    var mark = 0
  }

  /// The slots of the leftmost match at or after `start`, the preferred one of those; nil when there is none.
  func run(_ text: [Unicode.Scalar], from start: Int) -> [Int]? {
    var current = Threads(seen: Array(repeating: -1, count: program.count))
    var next = Threads(seen: Array(repeating: -1, count: program.count))
    var found: [Int]?
    var position = start
    while position <= text.count {
      if found == nil { add(0, Array(repeating: -1, count: slots), at: position, text, to: &current, mark: position) }
      guard !current.order.isEmpty else {
        if found != nil { break }
        position += 1
        continue
      }
      next.order.removeAll(keepingCapacity: true)
      let scalar = position < text.count ? text[position] : nil
      threads: for thread in current.order {
        switch program[thread.counter] {
        case .match:
          if slots == 0 { return [] }
          found = thread.slots
          break threads
        case .scalar(let set):
          if let scalar, set.contains(scalar) {
            add(thread.counter + 1, thread.slots, at: position + 1, text, to: &next, mark: position + 1)
          }
        case .assert, .save, .split, .jump: break
        }
      }
      swap(&current, &next)
      position += 1
    }
    return found
  }

  /// Follows everything that reads no character; an explicit stack, since patterns may be long.
  private func add(
    _ counter: Int, _ slots: [Int], at position: Int, _ text: [Unicode.Scalar], to threads: inout Threads, mark: Int
  ) {
    var stack = [(counter, slots)]
    while let (counter, slots) = stack.popLast() {
      guard threads.seen[counter] != mark else { continue }
      threads.seen[counter] = mark
      switch program[counter] {
      case .jump(let target): stack.append((target, slots))
      case .split(let first, let second):
        stack.append((second, slots))
        stack.append((first, slots))
      case .save(let slot):
        var slots = slots
        if slot < slots.count { slots[slot] = position }
        stack.append((counter + 1, slots))
      case .assert(let anchor):
        if Self.holds(anchor, at: position, text) { stack.append((counter + 1, slots)) }
      case .scalar, .match: threads.order.append((counter, slots))
      }
    }
  }

  private static func holds(_ anchor: Anchor, at position: Int, _ text: [Unicode.Scalar]) -> Bool {
    switch anchor {
    case .textStart: return position == 0
    case .textEnd: return position == text.count
    case .lineStart: return position == 0 || text[position - 1] == "\n"
    case .lineEnd: return position == text.count || text[position] == "\n"
    case .wordBoundary, .noWordBoundary:
      let before = position > 0 && text[position - 1].isWord
      let after = position < text.count && text[position].isWord
      return (before != after) == (anchor == .wordBoundary)
    }
  }
}
