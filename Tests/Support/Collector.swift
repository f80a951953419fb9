import Engine
import Synchronization

/// Keeps all that a process prints in memory, to be looked at while it comes.
package final class Collector: OutputSink {
  private let bytes = Mutex<[UInt8]>([])

  package init() {}

  package func write(_ piece: UnsafeRawBufferPointer) { bytes.withLock { $0.append(contentsOf: piece) } }

  package var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
