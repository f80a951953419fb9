/// A compiled pattern, with what makes it fast to run.
struct PatternProgram: Hashable, Sendable {
  /// Which of the first 128 scalars belong to something.
  struct ASCIISet: Hashable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    func contains(_ byte: UInt8) -> Bool { (byte < 64 ? low >> byte : high >> (byte - 64)) & 1 == 1 }

    fileprivate mutating func formUnion(_ other: ASCIISet) {
      low |= other.low
      high |= other.high
    }

    fileprivate init(_ belongs: (Unicode.Scalar) -> Bool = { _ in false }) {
      for value in UInt8(0)..<128 where belongs(Unicode.Scalar(value)) {
        if value < 64 { low |= 1 << value } else { high |= 1 << (value - 64) }
      }
    }
  }

  let instructions: [Instruction]
  /// For each instruction the ASCII scalars that it takes, which most texts consist of.
  let ascii: [ASCIISet]
  /// The ASCII scalars with which a match can begin; nil when it can be empty.
  let beginnings: ASCIISet?
  /// Whether it can match at the beginning of a text only.
  let isAnchored: Bool

  init(_ instructions: [Instruction]) {
    let ascii = instructions.map { instruction in
      if case .scalar(let set) = instruction { ASCIISet(set.contains) } else { ASCIISet() }
    }
    self.instructions = instructions
    self.ascii = ascii
    let first = Self.first(of: instructions, through: { _ in true })
    let isNeverEmpty = !first.contains { instructions[$0] == .match }
    beginnings = isNeverEmpty ? first.reduce(into: ASCIISet()) { $0.formUnion(ascii[$1]) } : nil
    isAnchored = Self.first(of: instructions, through: { $0 != .textStart }).isEmpty
  }

  /// The instructions that can be met before any scalar is read.
  private static func first(of instructions: [Instruction], through passes: (Anchor) -> Bool) -> [Int] {
    var seen = Set<Int>()
    var open = [0]
    var found: [Int] = []
    while let counter = open.popLast() {
      guard seen.insert(counter).inserted else { continue }
      switch instructions[counter] {
      case .jump(let target): open.append(target)
      case .split(let one, let other): open += [one, other]
      case .save: open.append(counter + 1)
      case .assert(let anchor): if passes(anchor) { open.append(counter + 1) }
      case .scalar, .match: found.append(counter)
      }
    }
    return found
  }
}
