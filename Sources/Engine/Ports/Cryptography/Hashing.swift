package import DeliveryLoop

/// Computes SHA-256.
package protocol Hashing: Sendable {
  func sha256(_ bytes: [UInt8]) -> Digest
  /// A hash that takes its input in pieces.
  func begin() -> any RunningHash
}

/// A SHA-256 on its way.
package protocol RunningHash {
  mutating func update(_ bytes: [UInt8])
  /// The digest of all pieces so far; the hash takes no more after it.
  mutating func finish() -> Digest
}
