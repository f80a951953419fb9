import CSQLite
import DeliveryLoop
import Engine
import Foundation
import Hashing
import JSONText
import Redaction
import SQLiteLedger
import Support
import Testing

@Suite struct `A secret that becomes known when it is stored already` {
  static let value = "s3cr3t-that-nobody-knew"
  // swift-format-ignore: NeverForceUnwrap
  static let commit = ObjectID(String(repeating: "c", count: 40))!
  let folder = TemporaryFolder()
  var path: String { "\(folder.path)/ledger.db" }
  let mine = Sample.run(1)
  let other = Sample.run(2)

  static func set(_ value: String = value) -> SecretSet {
    SecretSet([try? Secret(name: "late", value: value)].compactMap(\.self))
  }

  private func ledger() throws -> SQLiteLedger {
    let ledger = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    try ledger.append(Sample.opening(mine, "a"))
    return ledger
  }

  private func label(_ run: RunID, _ name: String = "log", kind: EvidenceLabel.Kind = .log) -> EvidenceLabel {
    EvidenceLabel(
      run: run, step: .test, attempt: 1, kind: kind, name: SecretSet.none.redact(name), time: Timestamp(nanoseconds: 3))
  }

  /// Writes without redaction what a ledger would have got before the secret was known.
  private func keep(_ text: String, in ledger: SQLiteLedger, _ label: EvidenceLabel) throws -> EvidenceID {
    let writer = try ledger.capture(label)
    try writer.write(SecretSet.none.redact(Array(text.utf8)))
    try writer.finish()
    return writer.id
  }

  private func mask(_ ledger: SQLiteLedger, _ secrets: SecretSet = set()) throws -> LedgerSweep {
    try ledger.mask(secrets, besides: mine) { masking in
      EventRecord(
        run: mine, time: Timestamp(nanoseconds: 9), kind: "masked",
        payload: secrets.redact(Event.masked(masking).stored.compact),
        standing: Standing(state: .running, step: .validate, attempts: 0, commit: nil))
    }
  }

  private func text(_ evidence: EvidenceID, in ledger: SQLiteLedger) throws -> String {
    var bytes: [UInt8] = []
    try ledger.read(evidence, from: 0) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Files of the ledger that hold these bytes.
  private func files(holding bytes: [UInt8]) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { name in
      FileManager.default.contents(atPath: "\(folder.path)/\(name)")?.range(of: Data(bytes)) != nil
    }
  }

  @Test func `is masked in captures, whoever made them, and each replacement is a fact`() throws {
    let ledger = try ledger()
    try ledger.append(Sample.opening(other, "b"))
    let theirs = try keep("got \(Self.value)\n", in: ledger, label(other, "cat \(Self.value)"))
    let clean = try keep("nothing\n", in: ledger, label(mine))
    let before = try #require(try ledger.evidence(of: other).first?.digest)
    let sweep = try mask(ledger)
    let after = try #require(try ledger.evidence(of: other).first)
    #expect(try text(theirs, in: ledger) == "got [redacted:late]\n")
    #expect(after.name == "cat [redacted:late]")
    #expect(after.digest == OpenSSLHashing().sha256(Array("got [redacted:late]\n".utf8)))
    #expect(
      sweep.maskings == [Masking(target: .evidence(theirs.number), secrets: ["late"], old: before, new: after.digest)])
    #expect(try ledger.events(of: mine).last?.kind == "masked")
    #expect(try text(clean, in: ledger) == "nothing\n")
    #expect(try mask(ledger).maskings.isEmpty)
    #expect(try mask(ledger).places == 5)
  }

  @Test func `leaves no copy of it or of what it was packed into in any file`() throws {
    let ledger = try ledger()
    // What cannot be packed stands in the file as it is.
    var random = SplitMix(7)
    let noise = String((0..<4000).map { _ in Character(Unicode.Scalar(UInt8.random(in: 33..<127, using: &random))) })
    _ = try keep(noise + Self.value + noise, in: ledger, label(mine))
    let blob = try #require(Raw.blob("SELECT bytes FROM contents", path))
    #expect(try files(holding: Array(blob.prefix(400))) == ["ledger.db-wal"])
    _ = try mask(ledger)
    #expect(try files(holding: Array(Self.value.utf8)).isEmpty)
    #expect(try files(holding: Array(blob.suffix(400))).isEmpty)
    withExtendedLifetime(ledger) {}
  }

  @Test func `is masked across pieces and while the capture goes on`() throws {
    let ledger = try ledger()
    let writer = try ledger.capture(label(mine))
    let half = Self.value.count / 2
    let filler = String(repeating: ".", count: (256 << 10) - half)
    try writer.write(SecretSet.none.redact(Array((filler + Self.value + " and on").utf8)))
    try writer.flush()
    _ = try mask(ledger)
    try writer.write(Self.set().redact(Array("\nmore \(Self.value)\n".utf8)))
    let end = try writer.finish()
    let text = try text(writer.id, in: ledger)
    #expect(text == filler + "[redacted:late] and on\nmore [redacted:late]\n")
    #expect(end.digest == OpenSSLHashing().sha256(Array(text.utf8)) && end.size == Int64(text.utf8.count))
    #expect(try ledger.evidence(of: mine).first?.digest == end.digest)
  }

  @Test func `is masked in every capture that shares its bytes, also in those of earlier runs`() throws {
    let ledger = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    try ledger.append(Sample.opening(other, "b"))
    let earlier = try keep("same \(Self.value)", in: ledger, label(other))
    try ledger.append(Sample.opening(mine, "a"))
    let now = try keep("same \(Self.value)", in: ledger, label(mine))
    #expect(try mask(ledger).maskings.count == 2)
    for evidence in [earlier, now] { #expect(try text(evidence, in: ledger) == "same [redacted:late]") }
    #expect(Raw.blob("SELECT count(*) FROM contents", path) == Array("1".utf8))
  }

  @Test func `leaves a document behind`() throws {
    let ledger = try ledger()
    let kept = try keep(#"{"pin":9081726354}"#, in: ledger, label(mine, kind: .validation))
    _ = try mask(ledger, Self.set("9081726354"))
    #expect(try text(kept, in: ledger) == #"{"pin":"[redacted:late]"}"#)
  }

  @Test func `is masked in an event, whose place in the chain stays as it was`() throws {
    let ledger = try ledger()
    let failure = Event.failed(Failure(step: .test, kind: .red, message: "m", tail: [Self.value]), .stop)
    try ledger.append(Sample.event(mine, failure.kind, failure.stored.compact))
    let before = try ledger.events(of: mine)[1]
    _ = try mask(ledger)
    let events = try ledger.events(of: mine)
    #expect(events[1].payload == before.payload.replacing(Self.value, with: "[redacted:late]"))
    #expect(events[1].hash == before.hash && events[1].seal == before.seal)
    #expect(events.last?.payload.contains(before.hash.text) == true)
    #expect(try files(holding: Array(Self.value.utf8)).isEmpty)
    // Nobody can try out what it was.
    #expect(Raw.blob("SELECT coalesce(salt, 'none') FROM events WHERE seq = 2", path) == Array("none".utf8))
    #expect(Raw.run("UPDATE events SET payload = '{}' WHERE seq = 2", path) == SQLITE_OK)
    #expect(throws: LedgerError.corrupt(path: path, message: "event 2 was replaced by something else")) {
      try ledger.events(of: mine)
    }
  }

  @Test(arguments: [
    Event.intended(.push(old: nil, new: commit)), .observed(.claimed(status: "s3cr3t-that-nobody-knew")),
  ])
  func `is a finding where it stands in what has to be kept as it is`(event: Event) throws {
    let ledger = try ledger()
    try ledger.append(Sample.event(mine, event.kind, event.stored.compact))
    let isIntent = event.kind.hasPrefix("intended")
    let sweep = try mask(ledger, isIntent ? Self.set(Self.commit.text) : Self.set())
    #expect(sweep.findings.map(\.place) == (isIntent ? ["event 2 of the ledger"] : []))
    #expect(sweep.maskings.count == (isIntent ? 0 : 1))
    #expect(try ledger.events(of: mine)[1].payload.contains("ccc") == isIntent)
  }

  @Test func `is looked for in the ledger's own files`() throws {
    let ledger = try ledger()
    try ledger.append(Sample.event(mine, "k", #"{"a":"\#(Self.value)"}"#))
    var found: Set<String> = []
    let leftOut = try ledger.scan(upTo: 1 << 20) { place, bytes in
      if !Self.set().findings(in: bytes).isEmpty { found.insert(place) }
    }
    #expect(found == ["ledger.db-wal"] && leftOut == 0)
    #expect(try ledger.scan(upTo: 1) { _, _ in } == 1)
    // The locks of the connection are still there.
    try ledger.append(Sample.event(mine, "k", "{}"))
  }
}
