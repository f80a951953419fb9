import Codings
import DeliveryLoop
import Engine
import Foundation
import Processes
import Signing
import Support
import Testing
import Transparency

@Suite struct `Signing with Ed25519` {
  private let signing = OpenSSLSigning()

  /// RFC 8032, 7.1: the public keys, messages and signatures of its tests 1 to 3.
  @Test(arguments: [
    (
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ])
  func `takes the signatures of the standard and no others`(key: String, message: String, signature: String) throws {
    let bytes = { (text: String) in try #require(Hexadecimal.decode(text)) }
    let (key, message, signature) = (try bytes(key), try bytes(message), try bytes(signature))
    #expect(signing.isValid(signature, of: message, by: key))
    for place in [0, 31, 32, 63] {
      var other = signature
      other[place] ^= 1
      #expect(!signing.isValid(other, of: message, by: key))
    }
    #expect(!signing.isValid(signature, of: message + [0], by: key))
    #expect(!signing.isValid(signature, of: message, by: Array(key.reversed())))
    #expect(!signing.isValid(Array(signature.dropLast()), of: message, by: key))
    #expect(!signing.isValid(signature, of: message, by: Array(key.dropLast())))
  }

  /// The example in the documentation of golang.org/x/mod/sumdb/note.
  @Test func `takes the note of another program`() throws {
    let key = try #require(NoteKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
    let note = try #require(
      SignedNote(
        reading:
          "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
          + "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
      ))
    let signature = try #require(key.signatures(of: note).first)
    #expect(signing.isValid(signature.bytes, of: Array(note.text.utf8), by: key.publicKey))
  }

  @Test(arguments: [nil, "a passphrase", String(repeating: "p", count: 1000)])
  func `opens the key that it has made`(passphrase: String?) throws {
    let secret = passphrase.map { Array($0.utf8) }
    let pem = try signing.makeKey(passphrase: secret)
    #expect(pem.hasPrefix(passphrase == nil ? "-----BEGIN PRIVATE KEY" : "-----BEGIN ENCRYPTED PRIVATE KEY"))
    let key = try signing.open(pem: pem, passphrase: secret)
    let signature = try key.sign([1, 2, 3])
    #expect(signing.isValid(signature, of: [1, 2, 3], by: key.publicKey))
    #expect(try key.sign([1, 2, 3]) == signature)
    guard passphrase != nil else { return }
    for wrong in [nil, Array("another".utf8), []] {
      #expect(throws: SigningError.wrongPassphrase) { try signing.open(pem: pem, passphrase: wrong) }
    }
  }

  @Test func `makes another key each time`() throws {
    #expect(try signing.makeKey(passphrase: nil) != signing.makeKey(passphrase: nil))
  }

  @Test(arguments: ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
  func `refuses what is no key`(pem: String) {
    #expect(throws: SigningError.notAKey) { try signing.open(pem: pem, passphrase: nil) }
    #expect(throws: SigningError.notAKey) { try signing.pem(ofPublicKey: Array(pem.utf8)) }
  }

  @Test func `is checked by the program of OpenSSL`() async throws {
    let folder = TemporaryFolder()
    let key = try signing.open(pem: try signing.makeKey(passphrase: nil), passphrase: nil)
    let message = Array("DSSEv1 4 type 3 abc".utf8)
    folder.write(message, to: "message")
    folder.write(try key.sign(message), to: "signature")
    folder.write(Array(try signing.pem(ofPublicKey: key.publicKey).utf8), to: "public.pem")
    let output = Collector()
    let verify = "openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in message -sigfile signature"
    let result = try await SystemCommands().run(
      Command(.shell(verify), in: folder.path, environment: ProcessInfo.processInfo.environment), output: output)
    #expect(result.succeeded && output.text.contains("Verified Successfully"), "\(output.text)")
  }
}
