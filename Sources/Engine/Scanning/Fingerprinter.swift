package import DeliveryLoop
package import SecretScanning
import Synchronization

/// Names found values by a hash with a key of this installation, which is asked for when the first value is found.
package final class Fingerprinter: Sendable {
  private let hashing: any Hashing
  private let key: @Sendable () throws -> [UInt8]
  private let known = Mutex<[UInt8]?>(nil)

  /// `key` gives the key, 32 bytes or more.
  package init(_ hashing: any Hashing, key: @escaping @Sendable () throws -> [UInt8]) {
    self.hashing = hashing
    self.key = key
  }

  /// The fingerprint of a value as a finding of this kind.
  package func fingerprint(of value: some Sequence<UInt8>, as kind: String) throws -> Fingerprint {
    let key = try known.withLock { known in
      let key = try known ?? self.key()
      known = key
      return key
    }
    return Fingerprint(mac(Array(kind.utf8) + [0] + value, key), key: mac([], key))
  }

  /// HMAC-SHA-256 (RFC 2104, section 2).
  func mac(_ message: [UInt8], _ key: [UInt8]) -> Digest {
    let size = 64
    var block = key.count > size ? hashing.sha256(key).bytes : key
    block += [UInt8](repeating: 0, count: size - block.count)
    let inner = hashing.sha256(block.map { $0 ^ 0x36 } + message)
    return hashing.sha256(block.map { $0 ^ 0x5c } + inner.bytes)
  }
}

extension Digest {
  fileprivate var bytes: [UInt8] {
    let digits = text.utf8.map { $0 < UInt8(ascii: "a") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

/// Why there is no key for fingerprints.
package struct FingerprintKeyError: Error, Hashable, Sendable {
  /// The file or the variable.
  package let source: String
  package let message: String

  package init(source: String, message: String) {
    self.source = source
    self.message = message
  }
}

extension FingerprintKeyError: Explained {
  package var kind: Failure.Kind { .broken }
  package var wording: String {
    "a secret was found, and the key of its fingerprint is not to be had: \"\(source)\" \(message)"
  }
}
