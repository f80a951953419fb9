import COpenSSL
package import Engine

/// Ed25519 by OpenSSL (EVP_PKEY-ED25519(7)).
package struct OpenSSLSigning: Signing {
  package init() {}

  package func makeKey(passphrase: [UInt8]?) throws(SigningError) -> String {
    let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
    defer { EVP_PKEY_CTX_free(context) }
    var pointer: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &pointer) == 1, let pointer else {
      throw .failed(doing: "make a key", message: OpenSSLError.last)
    }
    let key = KeyPointer(pointer)
    return try text("write the key") { out in
      copenssl_write_key(out, key.pointer, passphrase, Int32(passphrase?.count ?? 0))
    }
  }

  package func open(pem: String, passphrase: [UInt8]?) throws(SigningError) -> any SigningKey {
    let key = try Self.read(pem, passphrase)
    guard EVP_PKEY_get_id(key.pointer) == EVP_PKEY_ED25519 else { throw .notAKey }
    var (publicKey, count) = ([UInt8](repeating: 0, count: 32), 32)
    guard EVP_PKEY_get_raw_public_key(key.pointer, &publicKey, &count) == 1, count == 32 else { throw .notAKey }
    return OpenSSLKey(key: key, publicKey: publicKey)
  }

  package func openP256(pem: String, passphrase: [UInt8]?) throws(SigningError) -> any P256Key {
    let key = try Self.read(pem, passphrase)
    var (name, count) = ([CChar](repeating: 0, count: 64), 0)
    guard EVP_PKEY_get_id(key.pointer) == EVP_PKEY_EC,
      EVP_PKEY_get_group_name(key.pointer, &name, name.count, &count) == 1,
      name.prefix(count).map({ UInt8(bitPattern: $0) }) == Array("prime256v1".utf8)
    else { throw .notAKey }
    return OpenSSLP256Key(
      key: key, publicPEM: try text("write the public key") { out in PEM_write_bio_PUBKEY(out, key.pointer) })
  }

  private static func read(_ pem: String, _ passphrase: [UInt8]?) throws(SigningError) -> KeyPointer {
    ERR_clear_error()
    let bytes = Array(pem.utf8)
    guard let pointer = copenssl_read_key(bytes, Int32(bytes.count), passphrase, Int32(passphrase?.count ?? 0)) else {
      let isEncrypted = pem.contains("ENCRYPTED")
      throw isEncrypted ? .wrongPassphrase : .notAKey
    }
    return KeyPointer(pointer)
  }

  package func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
    guard signature.count == 64, let key = KeyPointer(publicKey: publicKey) else { return false }
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1
      && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }

  package func pem(ofPublicKey key: [UInt8]) throws(SigningError) -> String {
    guard let key = KeyPointer(publicKey: key) else { throw .notAKey }
    return try text("write the public key") { out in PEM_write_bio_PUBKEY(out, key.pointer) }
  }

  private func text(_ doing: String, _ write: (OpaquePointer?) -> Int32) throws(SigningError) -> String {
    let out = BIO_new(BIO_s_mem())
    defer { BIO_free_all(out) }
    guard write(out) == 1 else { throw .failed(doing: doing, message: OpenSSLError.last) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = BIO_read(out, &bytes, Int32(bytes.count))
    guard count > 0 else { throw .failed(doing: doing, message: OpenSSLError.last) }
    return String(decoding: bytes[..<Int(count)], as: UTF8.self)
  }
}

private struct OpenSSLKey: SigningKey {
  let key: KeyPointer
  let publicKey: [UInt8]

  func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var (signature, count) = ([UInt8](repeating: 0, count: 64), 64)
    guard EVP_DigestSignInit(context, nil, nil, nil, key.pointer) == 1,
      EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == 64
    else { throw .failed(doing: "sign", message: OpenSSLError.last) }
    return signature
  }
}

private struct OpenSSLP256Key: P256Key {
  let key: KeyPointer
  let publicPEM: String

  func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    // In DER it is up to 72 bytes long.
    var (signature, count) = ([UInt8](repeating: 0, count: 128), 128)
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key.pointer) == 1,
      EVP_DigestSign(context, &signature, &count, message, message.count) == 1
    else { throw .failed(doing: "sign", message: OpenSSLError.last) }
    return Array(signature[..<count])
  }
}

/// A key of the library's, freed with its last owner. Reading it from several threads is safe (OpenSSL's own documentation,
/// openssl-threads(7)): nothing changes it.
private final class KeyPointer: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  init?(publicKey: [UInt8]) {
    guard publicKey.count == 32,
      let pointer = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count)
    else { return nil }
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }
}

/// What the library said last.
private enum OpenSSLError {
  static var last: String {
    var bytes = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &bytes, bytes.count)
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
