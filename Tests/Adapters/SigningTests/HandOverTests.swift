import Engine
import Signing
import Testing
import Transparency

@Suite struct `A hand-over` {
  private let signing = OpenSSLSigning()

  private func signer(_ name: String) throws -> Signer {
    let secret = try signing.open(pem: try signing.makeKey(passphrase: nil), passphrase: nil)
    return Signer(try #require(NoteKey(name: name, publicKey: secret.publicKey)), secret)
  }

  private func handOver(_ old: Signer, _ new: Signer) throws -> HandOver {
    let made = try signing.handOver(from: old, to: new, at: "2026-01-31T00:00:00Z")
    return try #require(made)
  }

  private func successors(of trusted: [NoteKey], by handOvers: [HandOver]) -> [NoteKey] {
    HandOver.successors(of: trusted, by: handOvers) { note, key in signing.isSigned(note, by: key) }
  }

  @Test func `is believed from a key that is trusted, over several steps and in their order`() throws {
    let keys = try ["a", "b", "c"].map(signer)
    let steps = try zip(keys, keys.dropFirst()).map { old, new in
      try handOver(old, new)
    }
    #expect(successors(of: [keys[0].key], by: steps) == keys.map(\.key))
    #expect(successors(of: [keys[1].key], by: steps) == [keys[1].key, keys[2].key])
    #expect(successors(of: [keys[2].key], by: steps) == [keys[2].key])
    #expect(successors(of: [keys[0].key], by: steps.reversed()) == [keys[0].key, keys[1].key])
    #expect(successors(of: [], by: steps) == [])
    #expect(HandOver(steps[0].note.document) == steps[0])
  }

  @Test func `is not believed without the signatures of both`() throws {
    let (old, new, other) = (try signer("old"), try signer("new"), try signer("other"))
    let text = try #require(SignedNote(HandOver.text(from: old.key, to: new.key, at: "2026-01-31T00:00:00Z")))
    let signed = try [[old], [new], [other, new], [old, other], [other]].map { signers in
      let note = try signers.reduce(text) { try $1.sign($0) }
      return try #require(HandOver(note.document))
    }
    for handOver in signed { #expect(successors(of: [old.key], by: [handOver]) == [old.key]) }
    // A signature that was given for another hand-over.
    let real = try handOver(old, other)
    var moved = try new.sign(text)
    for signature in real.note.signatures { moved.add(signature) }
    #expect(successors(of: [old.key], by: [HandOver(moved.document)].compactMap(\.self)) == [old.key])
  }

  @Test(arguments: ["", "waybill hand-over\n", "waybill hand-over\na\nb\n2026\n\n\u{2014} a AAAA\n"])
  func `is not read out of something else`(document: String) { #expect(HandOver(document) == nil) }
}

@Suite struct `A delivery's note` {
  private let facts = DeliveryNote.Facts(
    run: "r", task: "t", commit: "c", tree: "e", base: "b", events: 7, last: "h", time: "2026-01-31T00:00:00Z")

  private func note(_ lines: [String]) throws -> DeliveryNote? {
    let root = try #require(TreeHash([UInt8](repeating: 1, count: 32)))
    let checkpoint = try #require(Checkpoint(origin: "waybill/1", size: 9, root: root, extensions: lines))
    let signed = try #require(SignedNote(checkpoint.text))
    return DeliveryNote(signed)
  }

  @Test func `says what was written into it`() throws {
    let root = try #require(TreeHash([UInt8](repeating: 1, count: 32)))
    let origin = DeliveryNote.origin(first: [0xab, 1, 2, 3, 4, 5, 6, 0xff, 9, 9])
    #expect(origin == "waybill/ab010203040506ff")
    let checkpoint = try #require(
      DeliveryNote.checkpoint(origin: origin, size: 9, root: root, facts, handOvers: []))
    let signed = try #require(SignedNote(checkpoint.text))
    let note = try #require(DeliveryNote(signed))
    #expect(note.facts == facts && note.checkpoint == checkpoint && note.handOvers.isEmpty)
  }

  private static let lines = [
    "run r", "task t", "commit c", "tree e", "base b", "events 7 h", "time 2026-01-31T00:00:00Z",
  ]

  @Test func `needs each of its lines, once, and passes over those that it does not know`() throws {
    #expect(try note(Self.lines)?.facts == facts)
    #expect(try note(Self.lines + ["more to come"])?.facts == facts)
    for index in Self.lines.indices {
      var fewer = Self.lines
      let line = fewer.remove(at: index)
      #expect(try note(fewer) == nil)
      #expect(try note(Self.lines + [line]) == nil)
      #expect(try note(fewer + [String(line.split(separator: " ")[0])]) == nil)
    }
    #expect(try note(Self.lines.map { $0 == "events 7 h" ? "events seven h" : $0 }) == nil)
    #expect(try note(Self.lines + ["hand-over AAAA"]) == nil)
    #expect(try note(Self.lines + ["hand-over ?"]) == nil)
  }
}
