/// Turns a tree into a program.
struct PatternCompiler {
  /// Bounded repetitions are written out; beyond this a pattern is refused.
  static let sizeLimit = 20_000

  private var program: [Instruction] = [.save(0)]
  /// Repetitions of what is empty write nothing out and cost time all the same.
  private var work = 0

  mutating func compile(_ node: PatternNode) throws(PatternError) {
    work += 1
    guard program.count < Self.sizeLimit, work < 4 * Self.sizeLimit else {
      throw PatternError(reason: "it is too large")
    }
    switch node {
    case .empty: break
    case .scalar(let set): program.append(.scalar(set))
    case .anchor(let anchor): program.append(.assert(anchor))
    case .sequence(let nodes): for node in nodes { try compile(node) }
    case .choice(let branches): try choice(branches)
    case .group(let inner, let number):
      program.append(.save(2 * number))
      try compile(inner)
      program.append(.save(2 * number + 1))
    case .repeat(let inner, let least, let most, let lazy):
      for _ in 0..<least { try compile(inner) }
      if let most {
        try optional(inner, times: most - least, lazy: lazy)
      } else {
        try star(inner, lazy: lazy)
      }
    }
  }

  func finish() -> PatternProgram { PatternProgram(program + [.save(1), .match]) }

  private mutating func choice(_ branches: [PatternNode]) throws(PatternError) {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try compile(branch)
        break
      }
      let split = program.count
      program.append(.match)
      try compile(branch)
      ends.append(program.count)
      program.append(.match)
      program[split] = .split(split + 1, program.count)
    }
    for end in ends { program[end] = .jump(program.count) }
  }

  private mutating func star(_ inner: PatternNode, lazy: Bool) throws(PatternError) {
    let split = program.count
    program.append(.match)
    try compile(inner)
    program.append(.jump(split))
    program[split] = lazy ? .split(program.count, split + 1) : .split(split + 1, program.count)
  }

  private mutating func optional(_ inner: PatternNode, times: Int, lazy: Bool) throws(PatternError) {
    var splits: [Int] = []
    for _ in 0..<times {
      splits.append(program.count)
      program.append(.match)
      try compile(inner)
    }
    for split in splits { program[split] = lazy ? .split(program.count, split + 1) : .split(split + 1, program.count) }
  }
}
