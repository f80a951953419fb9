/// Bytes that have passed the redactor, which alone can make them; a piece of a stream may cut a character in two.
package struct RedactedBytes: Hashable, Sendable {
  package let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var count: Int { bytes.count }
  package var isEmpty: Bool { bytes.isEmpty }

  package static let none = RedactedBytes([])

  /// What a later pass, which masks more, hands on when it takes these bytes.
  package func through(_ pass: ([UInt8]) -> [UInt8]) -> RedactedBytes { RedactedBytes(pass(bytes)) }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  package var text: RedactedText { RedactedText(String(decoding: bytes, as: UTF8.self)) }
}
