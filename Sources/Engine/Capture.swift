import DeliveryLoop
import Redaction
import Synchronization

/// Takes what a process prints: redacts it as it streams, keeps it as evidence, shows it, and remembers the last lines.
///
/// A secret that becomes known meanwhile is masked from the next byte on, and in what is held back.
final class Capture: OutputSink {
  private struct State {
    var redactor: Redactor
    var tail = Tail()

    /// Moved out and not copied: the redactor is borrowed from the same state while the tail grows.
    mutating func takeTail() -> Tail {
      let taken = tail
      tail = Tail()
      return taken
    }
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
      var tail = state.takeTail()
      defer { state.tail = tail }
      vault.set.takeOver(&state.redactor)
      try unsafe state.redactor.write(bytes) { try keep($0, in: &tail) }
    }
  }

  /// Ends the capture: what the redactor held back is let go, masked where it has to be.
  func finish() throws {
    try state.withLock { state in
      var tail = state.takeTail()
      defer { state.tail = tail }
      vault.set.takeOver(&state.redactor)
      try state.redactor.finish { try keep($0, in: &tail) }
    }
    try writer.finish()
  }

  /// Hands all to the ledger that is decided by now, where it can be masked.
  func flush() throws {
    try state.withLock { state in
      vault.set.takeOver(&state.redactor)
      try writer.flush()
    }
  }

  /// The last lines so far.
  var lines: [String] { state.withLock { $0.tail.lines } }

  private func keep(_ bytes: RedactedBytes, in tail: inout Tail) throws {
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
