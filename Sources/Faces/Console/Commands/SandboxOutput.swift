import Engine
import Synchronization

/// What the script that makes the sandbox prints: paths and numbers, no secret.
final class SandboxOutput: OutputSink {
  private let bytes = Mutex<[UInt8]>([])

  func write(_ piece: UnsafeRawBufferPointer) { bytes.withLock { unsafe $0.append(contentsOf: piece) } }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
