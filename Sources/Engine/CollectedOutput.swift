import Synchronization

/// Keeps what a process prints in memory, the first megabyte of it: for output that is read once and goes nowhere else.
package final class CollectedOutput: OutputSink {
  private static let limit = 1 << 20

  private let buffer = Mutex<[UInt8]>([])

  package init() {}

  package func write(_ piece: UnsafeRawBufferPointer) {
    buffer.withLock { buffer in unsafe buffer.append(contentsOf: piece.prefix(Self.limit - buffer.count)) }
  }

  package var bytes: [UInt8] { buffer.withLock { $0 } }
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
