/// Reads one notation out of a stream of bytes.
struct Decoder: Sendable {
  let notation: Notation
  /// What may be the beginning of a sequence.
  private(set) var pending: [Unit] = []
  /// Something was left out, and nothing has come since.
  private(set) var hasGap = false

  init(_ notation: Notation) { self.notation = notation }

  var isIdle: Bool { pending.isEmpty && !hasGap }

  mutating func reset() {
    pending.removeAll(keepingCapacity: true)
    hasGap = false
  }

  /// Appends what is known by now; answers false where it waits for too long and has given up.
  mutating func take(_ unit: Unit, to output: inout [Unit]) -> Bool {
    pending.append(unit)
    while let first = pending.first {
      if pending.count == 1, !notation.begins(first.byte) {
        pending.removeAll(keepingCapacity: true)
        emit(first, to: &output)
        return true
      }
      switch notation.read(pending) {
      case .more: return true
      case .tooMany: return false
      case .sequence(let bytes): replacePending(by: bytes, keepingLast: false, to: &output)
      case .sequenceBeforeLast(let bytes): replacePending(by: bytes, keepingLast: true, to: &output)
      case .literal:
        let rest = pending.dropFirst()
        pending = []
        emit(first, to: &output)
        for unit in rest { guard take(unit, to: &output) else { return false } }
        return true
      }
    }
    return true
  }

  private mutating func replacePending(by bytes: [UInt8], keepingLast: Bool, to output: inout [Unit]) {
    let last = pending[pending.count - 1]
    let (start, end) = (pending[0].start, keepingLast ? last.start : last.end)
    pending.removeAll(keepingCapacity: true)
    if keepingLast { pending.append(last) }
    for byte in bytes { output.append(Unit(byte: byte, start: start, end: end, isWritten: true)) }
    hasGap = bytes.isEmpty || hasGap && bytes.isEmpty
  }

  private mutating func emit(_ unit: Unit, to output: inout [Unit]) {
    var unit = unit
    if hasGap { unit.isWritten = true }
    hasGap = false
    output.append(unit)
  }
}
