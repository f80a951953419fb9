import COpenSSL
package import DeliveryLoop
package import Engine

/// SHA-256 by OpenSSL, which uses the processor's own instructions for it (EVP_DigestInit(3)).
package struct OpenSSLHashing: Hashing {
  package init() {}

  /// The library's own words, such as `OpenSSL 3.0.17 1 Jul 2025`.
  package static var version: String { OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "" }

  package func sha256(_ bytes: [UInt8]) -> Digest {
    var hash = OpenSSLHash()
    hash.update(bytes)
    return hash.finish()
  }

  /// The 32 bytes themselves, in one go.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      SHA256(bytes, bytes.count, buffer.baseAddress)
      count = 32
    }
  }

  package func begin() -> any RunningHash { OpenSSLHash() }
}

/// One digest context, freed with its last owner.
private struct OpenSSLHash: RunningHash {
  private final class Context {
    let pointer = EVP_MD_CTX_new()
    init() { EVP_DigestInit_ex(pointer, EVP_sha256(), nil) }
    deinit { EVP_MD_CTX_free(pointer) }
  }

  private let context = Context()

  mutating func update(_ bytes: [UInt8]) { EVP_DigestUpdate(context.pointer, bytes, bytes.count) }

  mutating func finish() -> Digest {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    EVP_DigestFinal_ex(context.pointer, &bytes, &count)
    // OpenSSL promises 32 bytes for SHA-256; anything else hashes to a digest that nothing has.
    return Digest(bytes: Array(bytes[..<Int(count)])) ?? .zero
  }
}
