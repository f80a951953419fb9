package import Transparency

/// The key with which this machine signs, open.
package struct Signer: Sendable {
  package let key: NoteKey
  /// How it came to its place, the oldest first.
  package let handOvers: [HandOver]
  private let secret: any SigningKey

  package init(_ key: NoteKey, _ secret: any SigningKey, handOvers: [HandOver] = []) {
    self.key = key
    self.secret = secret
    self.handOvers = handOvers
  }

  /// 64 bytes over exactly this message.
  func signature(of message: [UInt8]) throws(SigningError) -> [UInt8] { try secret.sign(message) }

  /// Adds its signature to a note.
  package func sign(_ note: SignedNote) throws(SigningError) -> SignedNote {
    var signed = note
    signed.add(SignedNote.Signature(by: key, try secret.sign(Array(note.text.utf8))))
    return signed
  }
}

extension Signing {
  /// Whether a key has signed a note.
  package func isSigned(_ note: SignedNote, by key: NoteKey) -> Bool {
    key.signatures(of: note).contains { isValid($0.bytes, of: Array(note.text.utf8), by: key.publicKey) }
  }

  /// Hands a key over to the next: the note with the signatures of both.
  ///
  /// - Parameter time: in UTC, ISO 8601.
  package func handOver(from old: Signer, to new: Signer, at time: String) throws(SigningError) -> HandOver? {
    guard let note = SignedNote(HandOver.text(from: old.key, to: new.key, at: time)) else { return nil }
    return HandOver(try new.sign(try old.sign(note)).document)
  }
}
