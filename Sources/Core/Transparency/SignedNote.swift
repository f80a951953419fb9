import Codings

/// A text with the signatures of those who vouch for it (C2SP signed-note): the text ends with a line break, an empty line
/// follows, and then a line for each signature.
package struct SignedNote: Hashable, Sendable {
  package let text: String
  package private(set) var signatures: [Signature]

  package struct Signature: Hashable, Sendable {
    /// Of the key; without blanks and plus signs.
    package let name: String
    package let keyID: [UInt8]
    /// What the algorithm gave; 64 bytes with Ed25519.
    package let bytes: [UInt8]

    package init(by key: NoteKey, _ bytes: [UInt8]) {
      (name, keyID, self.bytes) = (key.name, key.id, bytes)
    }

    fileprivate init?(line: Substring) {
      guard line.hasPrefix("\u{2014} ") else { return nil }
      let parts = line.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 2, NoteKey.isName(String(parts[0])), let blob = Base64.decode(String(parts[1])),
        Base64.encode(blob) == parts[1], blob.count > 4
      else { return nil }
      (name, keyID, bytes) = (String(parts[0]), Array(blob[..<4]), Array(blob[4...]))
    }

    fileprivate var line: String { "\u{2014} \(name) \(Base64.encode(keyID + bytes))\n" }
  }

  /// nil for a text that is none: it is not empty, ends with a line break, and has no control characters besides.
  package init?(_ text: String, signatures: [Signature] = []) {
    guard text.utf8.count > 1, text.hasSuffix("\n"), Self.isClean(text) else { return nil }
    self.text = text
    self.signatures = signatures
  }

  /// Reads a note; nil for what is none, or has no signature or more than 100.
  package init?(reading note: String) {
    guard Self.isClean(note), note.hasSuffix("\n") else { return nil }
    // The last empty line: the text may have others.
    let bytes = Array(note.utf8)
    guard let end = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0a && bytes[$0 + 1] == 0x0a }) else {
      return nil
    }
    let lines = String(decoding: bytes[(end + 2)...], as: UTF8.self).split(separator: "\n")
    let signatures = lines.compactMap { Signature(line: $0) }
    guard signatures.count == lines.count, (1...100).contains(signatures.count) else { return nil }
    self.init(String(decoding: bytes[...end], as: UTF8.self), signatures: signatures)
  }

  package mutating func add(_ signature: Signature) { signatures.append(signature) }

  /// As it is kept and handed out.
  package var document: String { text + "\n" + signatures.map(\.line).joined() }

  private static func isClean(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a } }
}

/// Whose signature counts, and how it is checked.
package struct NoteKey: Hashable, Sendable {
  package let name: String
  /// The 32 bytes of an Ed25519 key.
  package let publicKey: [UInt8]

  /// The number that stands for Ed25519.
  private static let ed25519: UInt8 = 1

  /// nil for a name with blanks or plus signs, and for a key of another length.
  package init?(name: String, publicKey: [UInt8]) {
    guard Self.isName(name), publicKey.count == 32 else { return nil }
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads `name+id+key`: the id in hexadecimal digits, the key with its algorithm's number in base64.
  package init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let key = Base64.decode(parts[2]), key.first == Self.ed25519 else { return nil }
    self.init(name: parts[0], publicKey: Array(key.dropFirst()))
    guard Hexadecimal.encode(id) == parts[1] else { return nil }
  }

  /// The first four bytes of the SHA-256 of the name, a line break, the algorithm's number and the key.
  package var id: [UInt8] {
    Array(SHA256.digest(Array("\(name)\n".utf8) + [Self.ed25519] + publicKey)[..<4])
  }

  package var text: String { "\(name)+\(Hexadecimal.encode(id))+\(Base64.encode([Self.ed25519] + publicKey))" }

  /// The signatures of a note that claim to be this key's.
  package func signatures(of note: SignedNote) -> [SignedNote.Signature] {
    note.signatures.filter { $0.name == name && $0.keyID == id }
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace || $0.value < 0x20 }
  }
}
