/// Masks secrets in a stream: the same output wherever the writes are cut, and nothing held back that cannot become a secret.
package struct Redactor: Sendable {
  private var scan: Scan
  private let masks: [[UInt8]]

  init(_ scan: Scan, masks: [[UInt8]]) {
    self.scan = scan
    self.masks = masks
  }

  /// Takes the next bytes and hands on what is decided by now.
  package mutating func write(_ bytes: UnsafeRawBufferPointer, to sink: (RedactedBytes) throws -> Void) rethrows {
    try release(unsafe scan.read(bytes), to: sink)
  }

  package mutating func write(_ bytes: [UInt8], to sink: (RedactedBytes) throws -> Void) rethrows {
    try unsafe bytes.withUnsafeBytes { try unsafe write($0, to: sink) }
  }

  /// Ends the stream and hands on the rest; the redactor is as new after it.
  package mutating func finish(to sink: (RedactedBytes) throws -> Void) rethrows {
    scan.end()
    try release(scan.buffer.count, to: sink)
  }

  private mutating func release(_ count: Int, to sink: (RedactedBytes) throws -> Void) rethrows {
    guard count > 0 else { return }
    var output: [UInt8] = []
    output.reserveCapacity(count)
    var index = 0
    for match in scan.matches where match.end <= count {
      output += scan.buffer[index..<match.start]
      output += masks[match.needle]
      index = match.end
    }
    output += scan.buffer[index..<count]
    scan.drop(count)
    try sink(RedactedBytes(output))
  }
}
