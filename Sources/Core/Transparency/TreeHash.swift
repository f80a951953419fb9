import Codings

/// A hash of a Merkle tree: 32 bytes.
package struct TreeHash: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  /// nil for any other number of bytes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// nil for what is not the base64 of 32 bytes.
  package init?(base64: String) {
    guard let bytes = Base64.decode(base64), Base64.encode(bytes) == base64 else { return nil }
    self.init(bytes)
  }

  fileprivate init(hashed bytes: [UInt8]) { self.bytes = bytes }

  package var base64: String { Base64.encode(bytes) }
  package var description: String { Hexadecimal.encode(bytes) }
}

/// Hashes leaves and nodes as RFC 6962, 2.1 has it: a leaf can never be taken for a node.
package struct TreeHasher: Sendable {
  private let sha256: @Sendable ([UInt8]) -> [UInt8]

  /// - Parameter sha256: gives 32 bytes; without one the module's own, which is slower than a library's.
  package init(_ sha256: @escaping @Sendable ([UInt8]) -> [UInt8] = SHA256.digest) { self.sha256 = sha256 }

  /// The root of a tree without leaves.
  package var empty: TreeHash { TreeHash(hashed: sha256([])) }

  package func leaf(_ data: [UInt8]) -> TreeHash { TreeHash(hashed: sha256([0] + data)) }

  func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    var input: [UInt8] = [1]
    input.reserveCapacity(65)
    input += left.bytes
    input += right.bytes
    return TreeHash(hashed: sha256(input))
  }
}
