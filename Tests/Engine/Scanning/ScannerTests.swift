import DeliveryLoop
import Hashing
import Redaction
import SecretScanning
import Testing

@testable import Engine

@Suite struct `The scanner` {
  static let token = "ghp_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0" + "zA1bC2"

  /// Packed files are texts here: `gz:` stands before the content, `ar:` before the names and contents of members.
  struct TextArchives: Archives {
    func decompress(_ bytes: [UInt8], within budget: UnpackBudget) -> Unpacked { Unpacked(problem: .damaged("")) }

    func unpack(_ bytes: [UInt8], within budget: UnpackBudget, _ visit: (ArchiveMember) -> Void) -> Unscanned.Reason? {
      visit(ArchiveMember(name: "first", content: Unpacked(Array(bytes.dropFirst(4)))))
      visit(ArchiveMember(name: "second", content: Unpacked(problem: .encrypted)))
      return .damaged("cut")
    }
  }

  struct NoObjects: Objects {
    func items(in scope: ScanScope) throws(RepositoryError) -> [ScanItem] { [] }
  }

  static func scanner(key: @escaping @Sendable () throws -> [UInt8] = { Array("key".utf8) }) -> SecretScanner {
    SecretScanner(
      objects: NoObjects(), archives: TextArchives(), fingerprinter: Fingerprinter(OpenSSLHashing(), key: key))
  }

  private func scan(
    _ items: [ScanItem], known: SecretSet = .none, allowed: AllowList = .empty
  ) async throws -> ScanReport {
    try await Self.scanner().scan(items, known: known, allowed: allowed)
  }

  private func item(_ path: String, _ text: String) -> ScanItem {
    ScanItem(ScanPlace(.file(path)), bytes: Array(text.utf8))
  }

  @Test func `reports in the order of the items, however many there are`() async throws {
    let items = (0..<300).map { item("\($0)", $0 % 7 == 0 ? "\nx \(Self.token)" : "nothing") }
    let report = try await scan(items)
    let expected = stride(from: 0, to: 300, by: 7).map { "\"\($0)\":2:3" }
    #expect(report.findings.map { $0.place.text(at: $0.position) } == expected)
    #expect(report.items == 300)
    #expect(report.isClean == false)
  }

  @Test func `tells a declared secret by its name, before any rule`() async throws {
    let known = SecretSet([try Secret(name: "TOKEN", value: Self.token)])
    let report = try await scan([item("a", "x \(Self.token) y \(Self.token.dropLast())X")], known: known)
    #expect(report.findings.map(\.kind) == [.declared("TOKEN"), .rule("github-personal-token")])
  }

  @Test func `masks what it finds in names wherever the name is shown`() async throws {
    let report = try await scan([item("d/\(Self.token)", "key \(Self.token)"), ScanItem(ScanPlace(.ref(Self.token)))])
    #expect(
      report.findings.map { $0.place.text(at: $0.position) } == [
        "the name \"d/[redacted:github-personal-token]\"", "\"d/[redacted:github-personal-token]\":1:5",
        "the name \"[redacted:github-personal-token]\"",
      ])
  }

  @Test func `looks into archives, names what it could not see, and reports a member's finding once`() async throws {
    let report = try await scan([item("a.zip", "PK\u{3}\u{4}\(Self.token)")])
    #expect(report.findings.map { $0.place.text(at: $0.position) } == ["\"a.zip!/first\":1:1"])
    #expect(report.unscanned.map(\.place.path) == ["a.zip!/second", "a.zip"])
    #expect(report.unscanned.map(\.reason) == [.encrypted, .damaged("cut")])
  }

  @Test func `finds what only the text without its escapes shows, once`() async throws {
    let report = try await scan([
      item("n.ipynb", #"{"source": ["password = \"h8Kq2vXz91LmPw47\"\n", "\#(Self.token)\n"]}"#)
    ])
    #expect(report.findings.map(\.position.column) == [27, 51])
  }

  @Test func `allows by exact fingerprint what a rule finds, and no declared secret`() async throws {
    let found = try await scan([item("a", Self.token)])
    let print = try #require(found.findings.first?.fingerprint)
    let list = try AllowList(Array("\(print) of a test".utf8))
    let allowed = try await scan([item("b", "x\(Self.token) \(Self.token)")], allowed: list)
    #expect(allowed.findings.isEmpty && allowed.allowed >= 1)
    let other = try await scan([item("b", String(Self.token.reversed())), item("c", Self.token + "1")], allowed: list)
    #expect(other.allowed == 0)
    let known = SecretSet([try Secret(name: "TOKEN", value: Self.token)])
    let declared = try await scan([item("a", Self.token)], known: known)
    let both = try AllowList(Array("\(try #require(declared.findings.first).fingerprint) no\n\(print) no".utf8))
    #expect(try await scan([item("a", Self.token)], known: known, allowed: both).findings.count == 1)
  }

  @Test func `asks for its key once, and only when something was found`() async throws {
    struct NoKey: Error {}
    let scanner = Self.scanner { throw NoKey() }
    let clean = try await scanner.scan([item("a", "nothing")], known: .none, allowed: .empty)
    #expect(clean.isClean)
    await #expect(throws: NoKey.self) {
      try await scanner.scan([item("a", Self.token)], known: .none, allowed: .empty)
    }
  }
}

@Suite struct `A fingerprint's hash` {
  private func digits(_ text: String) -> [UInt8] {
    stride(from: 0, to: text.count, by: 2).compactMap { UInt8(text.dropFirst($0).prefix(2), radix: 16) }
  }

  /// RFC 4231, 4.2, 4.3, and 4.7, whose key is longer than a block.
  @Test(arguments: [
    (
      String(repeating: "0b", count: 20), "4869205468657265",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      String(repeating: "aa", count: 131),
      "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `is HMAC-SHA-256`(key: String, message: String, hash: String) {
    let fingerprinter = Fingerprinter(OpenSSLHashing()) { [] }
    #expect(fingerprinter.mac(digits(message), digits(key)).text == hash)
  }

  @Test func `differs by key, by kind and by value`() throws {
    func print(_ key: String, _ kind: String, _ value: String) throws -> Fingerprint {
      try Fingerprinter(OpenSSLHashing()) { Array(key.utf8) }.fingerprint(of: value.utf8, as: kind)
    }
    let one = try print("key", "rule", "value")
    #expect(try one == print("key", "rule", "value"))
    #expect(
      try Set([one, print("other", "rule", "value"), print("key", "rul", "evalue"), print("key", "rule", "valu")]).count
        == 4)
    #expect(try one.key == print("key", "x", "y").key)
  }
}
