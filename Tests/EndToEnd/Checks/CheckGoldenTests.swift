import Foundation
import Testing

/// Files of checks, each with its arguments, and what the program has to say and to end with: `Tests/Fixtures/checks/N-NAME.hurl`,
/// `.args` with an argument a line, and `.out` with the exit code in its first line.
@Suite struct `Files of checks` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/checks")

  @Test func `come to what is written beside them`() async throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    let cases = names.filter { $0.hasSuffix(".hurl") }.map { String($0.dropLast(5)) }
    #expect(cases.count > 100)
    try await CheckServer.run { server in
      for name in names {
        try FileManager.default.copyItem(
          at: Self.folder.appending(path: name), to: URL(filePath: "\(server.project.root)/\(name)"))
      }
      for name in cases {
        let arguments = try? String(contentsOf: Self.folder.appending(path: "\(name).args"), encoding: .utf8)
        let (status, text) = try await server.project.waybill(
          ["check", "\(name).hurl", "--variable", "base=\(server.base)"]
            + (arguments ?? "").split(separator: "\n").map(String.init))
        let expected = try String(contentsOf: Self.folder.appending(path: "\(name).out"), encoding: .utf8)
        let actual = "\(status)\n\(text)".replacing(":\(server.port)", with: ":PORT")
          .replacing(/-{24}[0-9a-f]{16}/, with: "BOUNDARY")
        #expect(actual == expected, "\(name)")
      }
    }
  }
}
