import FoundationEssentials
import JSONText
import Testing

@testable import LiveChecks

/// Every rule of RFC 9535 in cases of the form that the public compliance suite has, section by section.
@Suite struct `JSONPath conformance` {
  private static let cases: [JSON] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try? Data(contentsOf: tests.appending(path: "Fixtures/jsonpath-conformance.json"))
    return (try? JSON.parse([UInt8](data ?? Data())))?["tests"]?.array ?? []
  }()

  @Test func `covers the language`() { #expect(Self.cases.count > 1000) }

  @Test func `accepts and answers what is a query`() throws {
    for test in Self.cases where test["invalid"] == nil {
      let selector = try #require(test["selector"]?.string)
      let document = try JSONDocument(Array(#require(test["document"]).compact.utf8))
      guard let path = try? JSONPath(selector) else {
        Issue.record("\(test["name"]?.string ?? ""): \(selector) is refused")
        continue
      }
      let values = JSON.array(try path.nodes(in: document).map { document.json(at: $0) })
      let allowed = test["results"]?.array ?? [test["result"] ?? nil]
      #expect(allowed.contains(values), "\(test["name"]?.string ?? ""): \(selector) gives \(values.compact)")
    }
  }

  @Test func `refuses what is none`() throws {
    for test in Self.cases where test["invalid"] == true {
      let selector = try #require(test["selector"]?.string)
      #expect(throws: JSONPathError.self, "\(test["name"]?.string ?? "")") { try JSONPath(selector) }
    }
  }
}
