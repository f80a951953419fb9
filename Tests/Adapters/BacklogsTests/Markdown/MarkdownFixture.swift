import Backlogs
import DeliveryLoop
import Support
import Testing

/// A `tasks` folder of its own for one test.
struct MarkdownFixture {
  let folder = TemporaryFolder()

  init(_ files: [String: String]) {
    for (name, text) in files { folder.write(text, to: "tasks/\(name)") }
  }

  var adapter: MarkdownBacklog { MarkdownBacklog(root: folder.path) }

  func text(_ name: String) -> String { String(decoding: folder.read("tasks/\(name)") ?? [], as: UTF8.self) }
  func id(_ text: String) throws -> TaskID { try #require(TaskID(text)) }
}
