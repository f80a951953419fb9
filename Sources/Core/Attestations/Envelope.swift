import Codings
package import JSONText

/// A signed payload (DSSE 1.0, secure-systems-lab/dsse): what is signed are its exact bytes and their type.
package struct Envelope: Sendable {
  package let type: String
  package let payload: [UInt8]
  package private(set) var signatures: [(key: String, bytes: [UInt8])] = []

  /// The type of in-toto's statements, links and layouts.
  package static let inToto = "application/vnd.in-toto+json"

  package init(_ payload: JSON, type: String = Envelope.inToto) {
    self.type = type
    self.payload = payload.compactBytes
  }

  /// The bytes that are signed: `DSSEv1`, and type and payload, each behind its length in bytes as decimal digits.
  package var toBeSigned: [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }

  /// - Parameter key: the id under which a verifier looks for the key.
  package mutating func add(_ signature: [UInt8], by key: String) { signatures.append((key, signature)) }

  /// In one line, as bundles have it.
  package var json: JSON {
    [
      "payload": .string(Base64.encode(payload)), "payloadType": .string(type),
      "signatures": .array(
        signatures.map { ["keyid": .string($0.key), "sig": .string(Base64.encode($0.bytes))] }),
    ]
  }
}

/// A public key as in-toto's and securesystemslib's documents have it.
package struct AttestationKey: Hashable, Sendable {
  /// Such as `ed25519` or `ecdsa`.
  package let type: String
  /// Such as `ed25519` or `ecdsa-sha2-nistp256`.
  package let scheme: String
  /// 64 hexadecimal digits for Ed25519, a SubjectPublicKeyInfo in PEM for ECDSA.
  package let value: String

  /// - Parameter bytes: the 32 bytes of an Ed25519 key.
  package init(ed25519 bytes: [UInt8]) { (type, scheme, value) = ("ed25519", "ed25519", Hexadecimal.encode(bytes)) }

  /// - Parameter pem: a key on the curve P-256.
  package init(p256 pem: String) { (type, scheme, value) = ("ecdsa", "ecdsa-sha2-nistp256", pem) }

  /// SHA-256 of the key in canonical JSON, in hexadecimal digits (securesystemslib, `compute_default_keyid`).
  package var id: String {
    // In canonical JSON a line break stands for itself.
    let canonical = #"{"keytype":"\#(type)","keyval":{"public":"\#(value)"},"scheme":"\#(scheme)"}"#
    return Hexadecimal.encode(SHA256.digest(Array(canonical.utf8)))
  }

  package var json: JSON {
    [
      "keyid": .string(id), "keytype": .string(type), "scheme": .string(scheme),
      "keyval": ["public": .string(value), "private": ""],
    ]
  }
}
