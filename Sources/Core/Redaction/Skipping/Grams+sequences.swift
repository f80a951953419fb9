extension Grams {
  /// The sequences that begin at a special byte, if none of them can be part of a needle; nil where a view has to look.
  ///
  /// Of a needle in which something is written otherwise, the first such sequence follows bytes that stand for themselves. So it is
  /// enough to look at what stands before a sequence as it is, and at what may follow it.
  func passes(_ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) -> Passage? {
    guard index >= 2, index + Sequences.lookahead < bytes.count else { return nil }
    let isPlainBreak = bytes[index] == 0x0a && bytes[index + 1] > 0x20 && bytes[index + 1] != UInt8(ascii: ">")
    if isPlainBreak, !bytes[index + 1].isSpecial, !bytes[index + 2].isSpecial {
      let (a, b, c, d) = (bytes[index - 2], bytes[index - 1], bytes[index + 1], bytes[index + 2])
      let isInside = hold(a, b, c, d) || begin(b, c, d) || end(a, b, c)
      return isInside ? nil : Passage(end: index + 1, twofoldEnd: index + 1)
    }
    let sequences = Sequences.read(bytes, at: index, &margin)
    if sequences.isUnknown { return nil }
    let (a, b) = (bytes[index - 2], bytes[index - 1])
    for number in 0..<sequences.valueCount {
      let (x, next) = sequences.values[number]
      if end(a, b, x) { return nil }
      let third = Followers(bytes, next, &margin)
      if third.isUnknown { return nil }
      for number in 0..<third.count {
        let (c, next) = third.bytes[number]
        if hold(a, b, x, c) || begin(b, x, c) || mayBegin(x, c, bytes, next, &margin) { return nil }
      }
    }
    for number in 0..<sequences.exitCount where mayJoin(a, b, bytes, sequences.exits[number], &margin) { return nil }
    let isBreak = bytes[index].isBreak
    var end = isBreak ? index + 1 : sequences.exitCount > 0 ? sequences.exits[0] : index
    if sequences.valueCount > 0 { end = sequences.values[0].next }
    return Passage(end: end, twofoldEnd: sequences.valueCount > 1 ? sequences.values[1].next : end)
  }

  /// The same for up to four backslashes in a row, of which nobody needs more to know which of them belong together.
  func passesRow(_ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) -> (passage: Passage, next: Int)? {
    guard var passage = passes(bytes, index, &margin) else { return nil }
    var next = index + 1
    while next < index + 4, bytes[next] == .backslash {
      guard let last = passes(bytes, next, &margin) else { return nil }
      next += 1
      // Of an odd number the last begins what follows.
      if next - index == 3 { passage = last.end > next ? last : Passage(end: next, twofoldEnd: next) }
      if next - index == 4 { passage = Passage(end: next, twofoldEnd: next) }
    }
    return (passage, next)
  }

  private func mayBegin(_ a: UInt8, _ b: UInt8, _ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) -> Bool {
    let third = Followers(bytes, index, &margin)
    return third.isUnknown || (0..<third.count).contains { begin(a, b, third.bytes[$0].byte) }
  }

  private func mayJoin(_ a: UInt8, _ b: UInt8, _ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) -> Bool {
    let third = Followers(bytes, index, &margin)
    if third.isUnknown { return true }
    for number in 0..<third.count {
      let (c, next) = third.bytes[number]
      if end(a, b, c) { return true }
      let fourth = Followers(bytes, next, &margin)
      if fourth.isUnknown { return true }
      for number in 0..<fourth.count {
        let d = fourth.bytes[number].byte
        if hold(a, b, c, d) || begin(b, c, d) { return true }
      }
    }
    return false
  }
}

/// What readers of all notations may see next at an index: each byte, and the index behind what stands for it.
private struct Followers {
  private(set) var bytes: InlineArray<8, (byte: UInt8, next: Int)> = .init(repeating: (0, 0))
  private(set) var count = 0
  private(set) var isUnknown = false

  init(_ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) {
    note(bytes, index, &margin, depth: 0)
  }

  private mutating func note(_ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin, depth: Int) {
    guard index + 1 < bytes.count, depth < 3, count < 8 else {
      isUnknown = true
      return
    }
    self.bytes[count] = (bytes[index], index + 1)
    count += 1
    guard bytes[index].isSpecial else { return }
    let sequences = Sequences.read(bytes, at: index, &margin)
    guard !sequences.isUnknown, count + sequences.valueCount <= 8 else {
      isUnknown = true
      return
    }
    for number in 0..<sequences.valueCount {
      self.bytes[count] = sequences.values[number]
      count += 1
    }
    for number in 0..<sequences.exitCount { note(bytes, sequences.exits[number], &margin, depth: depth + 1) }
  }
}
