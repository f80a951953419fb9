import DeliveryLoop
import Redaction
import SecretRules
import Synchronization

/// Takes what a process prints: masks known secrets as it streams, and line by line what rules take for one; keeps it as
/// evidence, shows it, and remembers the last lines.
///
/// A secret that becomes known meanwhile is masked from the next byte on, and in what is held back.
final class Capture: OutputSink {
  private struct State {
    var redactor: Redactor
    var lines = Lines()

    /// Moved out and not copied: the redactor is borrowed from the same state while the lines grow.
    mutating func takeLines() -> Lines {
      let taken = lines
      lines = Lines()
      return taken
    }
  }

  /// What the redactor has handed on.
  private struct Lines {
    var masking = LineMasking()
    var tail = Tail()
    var recent = Recent()
  }

  private let state: Mutex<State>
  private let vault: SecretVault
  private let writer: any EvidenceWriter
  private let progress: any Progress

  init(of name: String, step: Step, run: Run, in world: World) throws {
    vault = world.vault
    state = Mutex(State(redactor: vault.set.redactor()))
    progress = world.progress
    writer = try world.capture(.log, named: name, at: step, of: run)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try state.withLock { state in
      var lines = state.takeLines()
      defer { state.lines = lines }
      vault.set.takeOver(&state.redactor)
      try unsafe state.redactor.write(bytes) { piece in
        try keep(piece.through { lines.masking.write($0) }, in: &lines)
      }
    }
  }

  /// Ends the capture: what was held back is let go, masked where it has to be.
  func finish() throws {
    try state.withLock { state in
      var lines = state.takeLines()
      defer { state.lines = lines }
      vault.set.takeOver(&state.redactor)
      try state.redactor.finish { piece in try keep(piece.through { lines.masking.write($0) }, in: &lines) }
      try letGo(&lines)
    }
    try writer.finish()
  }

  /// Hands all to the ledger that the redactor has decided by now, where it can be masked.
  func flush() throws {
    try state.withLock { state in
      vault.set.takeOver(&state.redactor)
      try letGo(&state.lines)
      try writer.flush()
    }
  }

  /// The last lines so far.
  var lines: [String] { state.withLock { $0.lines.tail.lines } }

  /// How much of it is kept, in bytes.
  var position: Int { state.withLock { $0.lines.recent.end } }

  /// What came after a position, or the end of it.
  func slice(from start: Int) -> LogSlice { state.withLock { $0.lines.recent.slice(from: start) } }

  /// The line that has begun, as it stands.
  private func letGo(_ lines: inout Lines) throws {
    try keep(RedactedBytes.none.through { _ in lines.masking.finish() }, in: &lines)
  }

  private func keep(_ bytes: RedactedBytes, in lines: inout Lines) throws {
    if bytes.isEmpty { return }
    try writer.write(bytes)
    lines.tail.append(bytes.bytes)
    lines.recent.append(bytes.bytes)
    progress.show(.output(bytes))
  }
}

/// The end of a stream, in bounded memory, with its place in the whole.
private struct Recent {
  private static let size = 64 << 10

  private var bytes: [UInt8] = []
  private(set) var end = 0

  mutating func append(_ more: [UInt8]) {
    end += more.count
    bytes += more.suffix(Self.size)
    // Not each time: the rest has to be moved.
    if bytes.count > 2 * Self.size { bytes.removeFirst(bytes.count - Self.size) }
  }

  func slice(from start: Int) -> LogSlice {
    let wanted = max(0, end - start)
    let kept = bytes.suffix(min(wanted, Self.size))
    return LogSlice(text: String(decoding: kept, as: UTF8.self), leftOut: wanted - kept.count)
  }
}

/// The last lines of a stream, in bounded memory.
struct Tail {
  static let count = 20
  static let width = 2_000

  private var complete: [[UInt8]] = []
  private var open: [UInt8] = []

  mutating func append(_ bytes: [UInt8]) {
    // Only the end of a large piece can be part of the last lines.
    for byte in bytes.suffix((Self.count + 1) * Self.width) {
      if byte == UInt8(ascii: "\n") {
        complete.append(open)
        open.removeAll(keepingCapacity: true)
        if complete.count > Self.count { complete.removeFirst() }
      } else if open.count < Self.width {
        open.append(byte)
      }
    }
  }

  var lines: [String] {
    let all = open.isEmpty ? complete : complete + [open]
    return all.suffix(Self.count).map { String(decoding: $0, as: UTF8.self) }
  }
}
