import Synchronization

/// Keeps the beginning of what a process prints in memory: for output that is read once and goes nowhere else.
package final class CollectedOutput: OutputSink {
  private let limit: Int
  private let kept = Mutex<(bytes: [UInt8], isCut: Bool)>(([], false))

  /// The limit is in bytes.
  package init(limit: Int = 1 << 20) { self.limit = limit }

  package func write(_ piece: UnsafeRawBufferPointer) {
    kept.withLock { kept in
      let room = limit - kept.bytes.count
      unsafe kept.bytes.append(contentsOf: piece.prefix(room))
      if piece.count > room { kept.isCut = true }
    }
  }

  package var bytes: [UInt8] { kept.withLock { $0.bytes } }
  package var text: String { String(decoding: bytes, as: UTF8.self) }
  /// Whether there was more.
  package var isCut: Bool { kept.withLock { $0.isCut } }
}
