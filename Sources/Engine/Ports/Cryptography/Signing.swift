/// Makes Ed25519 keys (RFC 8032), signs with them and checks signatures.
package protocol Signing: Sendable {
  /// A new key as PKCS#8 in PEM (RFC 5958, 7468), encrypted where there is a passphrase.
  func makeKey(passphrase: [UInt8]?) throws(SigningError) -> String
  /// Opens a key; the passphrase is of no account for one that is not encrypted.
  func open(pem: String, passphrase: [UInt8]?) throws(SigningError) -> any SigningKey
  /// Opens a key on the curve P-256, for verifiers that do not know Ed25519.
  func openP256(pem: String, passphrase: [UInt8]?) throws(SigningError) -> any P256Key
  /// Whether a signature of 64 bytes is the key's, of which 32 bytes are public, over exactly this message.
  func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool
  /// The public key as SubjectPublicKeyInfo in PEM, as `openssl pkeyutl -pubin` reads it.
  func pem(ofPublicKey key: [UInt8]) throws(SigningError) -> String
}

/// A private key that is open.
package protocol SigningKey: Sendable {
  /// 32 bytes.
  var publicKey: [UInt8] { get }
  /// 64 bytes; the same for the same message.
  func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8]
}

/// A private key on the curve P-256 that is open.
package protocol P256Key: Sendable {
  /// The public key as SubjectPublicKeyInfo in PEM.
  var publicPEM: String { get }
  /// ECDSA with SHA-256, in DER (RFC 3279, 2.2.3).
  func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8]
}

/// Why a key cannot be used.
package enum SigningError: Error, Hashable, Sendable {
  /// It is encrypted, and there is no passphrase or another one.
  case wrongPassphrase
  /// No PEM, or a key of another kind.
  case notAKey
  /// What was tried, and the library's own words.
  case failed(doing: String, message: String)
}
