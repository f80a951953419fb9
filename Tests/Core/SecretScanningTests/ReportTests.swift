import DeliveryLoop
import Testing

@testable import SecretScanning

@Suite struct `An allow-list` {
  static let fingerprint = "0123abcd-0123456789abcdef0123456789abcdef"

  private func list(_ text: String) throws -> AllowList { try AllowList(Array(text.utf8)) }

  @Test func `allows exactly the fingerprints in it`() throws {
    let other = "0123abcd-1123456789abcdef0123456789abcdef"
    let list = try list("# keys of tests\n\n  \(Self.fingerprint)\ta key of the test server\r\n")
    #expect(try list.allows(#require(Fingerprint(Self.fingerprint))))
    #expect(try !list.allows(#require(Fingerprint(other))))
    #expect(try !list.allows(#require(Fingerprint("0123abce" + Self.fingerprint.dropFirst(8)))))
    #expect(list.keys == ["0123abcd"])
    #expect(try self.list("").keys == [])
  }

  @Test(arguments: [
    ("everything", 1, 1, AllowListError.Kind.noFingerprint), ("\n *  reason", 2, 2, .noFingerprint),
    ("\(fingerprint)x reason", 1, 1, .noFingerprint), ("\(fingerprint.uppercased()) reason", 1, 1, .noFingerprint),
    ("\(fingerprint)", 1, 42, .noReason), ("# x\n\n \(fingerprint)  \r\n", 3, 43, .noReason),
  ])
  func `is refused whole for one wrong line, which is named`(
    text: String, line: Int, column: Int, kind: AllowListError.Kind
  ) throws {
    let good = "\n\(Self.fingerprint) a good one\n"
    #expect(throws: AllowListError(line: line, column: column, kind: kind)) { try list(text + good) }
  }

  @Test func `is refused when it is no text, and says where`() {
    let error = #expect(throws: AllowListError.self) { try AllowList(Array("\n \(Self.fingerprint) ".utf8) + [0xff]) }
    #expect(error?.wording == ".waybill-allow:2:2: this is not UTF-8; save the file as UTF-8")
  }
}

@Suite struct `A fingerprint` {
  @Test func `is what it is read from`() throws {
    let text = `An allow-list`.fingerprint
    #expect(Fingerprint(text)?.description == text)
    #expect(Fingerprint(String(text.dropLast())) == nil)
    #expect(Fingerprint(text.replacing("-", with: ":")) == nil)
    let digest = try #require(Digest(String(repeating: "0123456789abcdef", count: 4)))
    #expect(Fingerprint(digest, key: digest).description == "01234567-0123456789abcdef0123456789abcdef")
  }
}

@Suite struct `A position` {
  @Test(arguments: [(0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (6, 3, 2)])
  func `is counted from 1, in lines and bytes`(offset: Int, line: Int, column: Int) {
    let position = Position.of([offset], in: Array("ab\nc\nde".utf8))
    #expect(position.map { [$0.line, $0.column] } == [[line, column]])
  }

  @Test func `has a column in characters as well, and is found for many offsets in one pass`() {
    let positions = Position.of([0, 3, 3, 7], in: Array("äb\nöé".utf8))
    #expect(positions.map { [$0.line, $0.column, $0.character] } == [[1, 1, 1], [1, 4, 3], [1, 4, 3], [2, 4, 3]])
  }
}

@Suite struct `A place` {
  @Test func `is put into words without and with a position`() throws {
    let commit = try #require(ObjectID(String(repeating: "a1", count: 20)))
    let position = try #require(Position.of([3], in: Array("\nabc".utf8)).first)
    let archive = ScanPlace(.file("a.zip"), in: commit)
    #expect(archive.member("b.gz").text(at: position) == "\"a.zip!/b.gz\":2:3 in a1a1a1a1a1")
    #expect(ScanPlace(.file("x")).text() == "\"x\"")
    #expect(ScanPlace(.message).text(at: position) == "the message of the commit:2:3")
    #expect(ScanPlace(.author, in: commit).text(at: position) == "the author of a1a1a1a1a1")
    #expect(ScanPlace(.ref("main")).text(at: position) == "the name \"main\"")
    #expect(ScanPlace(.fileName("x"), in: commit).text(at: position) == "the name \"x\" in a1a1a1a1a1")
  }
}
