/// A declared secret: it cannot be printed, encoded or mirrored, only lent to a closure.
package struct Secret: Sendable {
  package let name: String
  private let bytes: [UInt8]

  /// Shorter ones would mask half of every text.
  package static let minimumLength = 4
  /// Below this length a secret is masked between word boundaries only.
  package static let safeLength = 8

  /// Refuses values that cannot be masked without wrecking everything else. The name is cut down to letters, digits and `_ . -`.
  package init(name: String, bytes: [UInt8]) throws(SecretRefusal) {
    if bytes.isEmpty { throw .empty(name: name) }
    if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0d).contains($0) }) { throw .blank(name: name) }
    if bytes.count < Self.minimumLength { throw .tooShort(name: name, minimum: Self.minimumLength) }
    self.name = String(name.map { $0.isLetter || $0.isNumber || "_.-".contains($0) ? $0 : "_" })
    self.bytes = bytes
  }

  package init(name: String, value: String) throws(SecretRefusal) {
    try self.init(name: name, bytes: Array(value.utf8))
  }

  /// The only way to the value.
  package func reveal<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(bytes) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "[secret:\(name)]" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a value cannot serve as a secret; the value itself is never part of it.
package enum SecretRefusal: Error, Hashable, Sendable {
  case empty(name: String)
  case blank(name: String)
  case tooShort(name: String, minimum: Int)
}
