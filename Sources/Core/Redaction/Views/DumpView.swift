/// The bytes that a hexadecimal dump shows (xxd, hexdump -C, od -tx1): digits in pairs, and the same as text beside them.
///
/// A line is looked at when it is complete. Each of its bytes begins where its digits stand and ends behind its character in the
/// column beside them, so that both are masked.
struct DumpView: Sendable {
  private var line: [Unit] = []
  private(set) var trail = Trail()
  private(set) var isAwake = false

  private static let longest = 256

  /// A line begins.
  mutating func wake(at offset: Int) {
    if !isAwake { trail.begin(at: offset, Automaton.root, depth: 0) }
    line.removeAll(keepingCapacity: true)
    isAwake = true
  }

  mutating func take(_ byte: UInt8, at offset: Int, _ automaton: Automaton, found: (Trail, _ end: Int) -> Void) {
    if byte == 0x0a || byte == 0x0d {
      finishLine(automaton, found: found)
    } else if line.count >= Self.longest || (line.count < 2 && !byte.isHexDigit && byte != 0x20) {
      sleep()
    } else {
      line.append(Unit(byte: byte, start: offset, end: offset + 1, isWritten: true))
      if line.count == 8, !line.contains(where: { $0.byte.isHexDigit }) { sleep() }
      // A date, a number or a word at the beginning of a line is no offset and no pair.
      if line.count == 5, !line.allSatisfy({ $0.byte.isHexDigit || $0.byte == 0x20 }) { sleep() }
    }
  }

  /// Also where the stream ends in the middle of a line.
  mutating func finishLine(_ automaton: Automaton, found: (Trail, _ end: Int) -> Void) {
    if line.isEmpty { return }
    guard let units = Self.bytes(of: line), !units.isEmpty else { return sleep() }
    line.removeAll(keepingCapacity: true)
    for unit in units where trail.step(unit, automaton) { found(trail, unit.end) }
    if trail.live(automaton) == nil { sleep() }
  }

  /// Whether nothing that it has seen matters.
  func isIdle(_ automaton: Automaton) -> Bool { line.isEmpty && trail.live(automaton) == nil }

  func held(_ automaton: Automaton) -> Int? {
    guard isAwake else { return nil }
    return trail.live(automaton) ?? firstPair
  }

  mutating func sleep() {
    isAwake = false
    line.removeAll(keepingCapacity: true)
  }

  /// Where in an unfinished line the digits begin that may stand for bytes; nil before that is to be seen.
  private var firstPair: Int? {
    let digits = line.drop { $0.byte == 0x20 }
    let first = digits.prefix { $0.byte.isHexDigit }
    if first.count <= 2 { return first.first?.start }
    guard first.count >= 7, first.endIndex < line.endIndex else { return nil }
    return line[first.endIndex].start
  }

  /// nil where the line is no dump.
  private static func bytes(of line: [Unit]) -> [Unit]? {
    var words = line.split { $0.byte == 0x20 || $0.byte == 0x09 }[...]
    guard let first = words.first else { return nil }
    let isOffset = first.last?.byte == UInt8(ascii: ":") ? first.dropLast() : first
    if first.count != isOffset.count || isOffset.count > 4 || isOffset.count % 2 != 0 {
      guard (7...17).contains(isOffset.count), isOffset.allSatisfy(\.byte.isHexDigit) else { return nil }
      words = words.dropFirst()
    }
    var pairs: [Unit] = []
    var end = first.startIndex
    for word in words {
      // Two blanks or more end the digits, unless what follows is one more group of them (hexdump -C).
      let isFar = !pairs.isEmpty && word.startIndex - end >= 2
      guard pairs.count < 64, word.count % 2 == 0, word.count <= 32, word.allSatisfy(\.byte.isHexDigit),
        !(isFar && word.count > 2)
      else {
        return pairs.isEmpty ? nil : withText(pairs, line, from: word.startIndex)
      }
      for index in stride(from: word.startIndex, to: word.endIndex, by: 2) {
        let pair = word[index..<(index + 2)]
        pairs.append(
          Unit(byte: Notation.hex(pair), start: pair[index].start, end: pair[index + 1].end, isWritten: true))
      }
      end = word.endIndex
    }
    return pairs
  }

  /// The column of characters has one for each byte, perhaps between bars.
  private static func withText(_ pairs: [Unit], _ line: [Unit], from index: Int) -> [Unit] {
    let first = line[index].byte == UInt8(ascii: "|") ? index + 1 : index
    return pairs.enumerated().map { offset, unit in
      let place = min(first + offset, line.count - 1)
      return Unit(byte: unit.byte, start: unit.start, end: max(unit.end, line[place].end), isWritten: true)
    }
  }
}
