/// A declared secret: it cannot be printed, encoded or mirrored, only lent to a closure.
package struct Secret: Sendable {
  package let name: String
  private let bytes: [UInt8]

  /// Shorter ones would mask half of every text.
  package static let minimumLength = 4
  /// Below this length a secret is masked between word boundaries only.
  package static let safeLength = 8

  /// Refuses values that cannot be masked without wrecking everything else; blanks at both ends do not count as length.
  ///
  /// In the name everything but letters, digits and `_ . -` becomes `_`, so that a mask is harmless wherever it lands.
  package init(name: String, bytes: [UInt8]) throws(SecretRefusal) {
    if bytes.isEmpty { throw .empty(name: name) }
    let length = bytes.trimmingBlanks.count
    if length == 0 { throw .blank(name: name) }
    if length < Self.minimumLength { throw .tooShort(name: name, minimum: Self.minimumLength) }
    self.name = String(name.map { $0.isLetter || $0.isNumber || "_.-".contains($0) ? $0 : "_" })
    self.bytes = bytes
  }

  package init(name: String, value: String) throws(SecretRefusal) {
    try self.init(name: name, bytes: Array(value.utf8))
  }

  /// Whether the value is so short that it is masked between word boundaries only, which deserves a warning.
  package var isShort: Bool { bytes.trimmingBlanks.count < Self.safeLength }

  /// The only way to the value.
  package func reveal<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(bytes) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "[secret:\(name)]" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
