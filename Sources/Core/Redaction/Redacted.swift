/// Text that has passed the redactor, which alone can make one.
package struct RedactedText: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  init(_ text: String) { self.text = text }

  package var description: String { text }
}

/// Bytes that have passed the redactor, which alone can make them; a piece of a stream may cut a character in two.
package struct RedactedBytes: Hashable, Sendable {
  package let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}
