/// Masks secrets in a stream: the same output wherever the writes are cut, and nothing held back that cannot become a
/// secret.
package struct Redactor: Sendable {
  private var scan: Scan
  private var masks: [[UInt8]]

  init(_ scan: Scan, masks: [[UInt8]]) {
    self.scan = scan
    self.masks = masks
  }

  /// Takes the next bytes and hands on what is decided by now; the sink is not called when that is nothing.
  package mutating func write(_ bytes: UnsafeRawBufferPointer, to sink: (RedactedBytes) throws -> Void) rethrows {
    unsafe scan.read(bytes)
    try handOn(upTo: scan.decided, to: sink)
  }

  package mutating func write(_ bytes: [UInt8], to sink: (RedactedBytes) throws -> Void) rethrows {
    try unsafe bytes.withUnsafeBytes { try unsafe write($0, to: sink) }
  }

  /// Ends the stream and hands on the rest; the redactor is as new after it.
  package mutating func finish(to sink: (RedactedBytes) throws -> Void) rethrows {
    scan.end()
    defer { scan = Scan(scan.matcher) }
    try handOn(upTo: scan.held.end, to: sink)
  }

  mutating func goOn(with matcher: Matcher, masks: [[UInt8]]) {
    guard matcher !== scan.matcher else { return }
    scan = Scan(matcher, continuing: scan)
    self.masks = masks
  }

  private mutating func handOn(upTo end: Int, to sink: (RedactedBytes) throws -> Void) rethrows {
    var index = scan.held.start
    guard index < end else { return }
    var output: [UInt8] = []
    output.reserveCapacity(end - index)
    for stretch in scan.coverage.stretches where stretch.start < end {
      if !stretch.isShown {
        output += scan.held[index..<stretch.start]
        output += masks[scan.matcher.needles[stretch.needle].secret]
      }
      index = min(stretch.end, end)
    }
    output += scan.held[index..<end]
    scan.release(upTo: end)
    // A stretch whose mask stands already adds nothing.
    if !output.isEmpty { try sink(RedactedBytes(output)) }
  }
}
