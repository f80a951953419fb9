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
        try keep(piece.through { lines.masking.write($0) }, in: &lines.tail)
      }
    }
  }

  /// Ends the capture: what was held back is let go, masked where it has to be.
  func finish() throws {
    try state.withLock { state in
      var lines = state.takeLines()
      defer { state.lines = lines }
      vault.set.takeOver(&state.redactor)
      try state.redactor.finish { piece in try keep(piece.through { lines.masking.write($0) }, in: &lines.tail) }
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

  /// The line that has begun, as it stands.
  private func letGo(_ lines: inout Lines) throws {
    try keep(RedactedBytes.none.through { _ in lines.masking.finish() }, in: &lines.tail)
  }

  private func keep(_ bytes: RedactedBytes, in tail: inout Tail) throws {
    if bytes.isEmpty { return }
    try writer.write(bytes)
    tail.append(bytes.bytes)
    progress.show(.output(bytes))
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
