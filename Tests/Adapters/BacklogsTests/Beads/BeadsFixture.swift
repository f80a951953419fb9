import Backlogs
import DeliveryLoop
import Glibc
import Support
import Testing

/// A `.beads` folder of its own for one test.
struct BeadsFixture {
  let folder = TemporaryFolder()
  var adapter: BeadsBacklog

  /// The moment at which the backlog is read.
  static let now = Timestamp(nanoseconds: 1_800_000_000_000_000_000)

  init(_ lines: [String] = [], mode: UInt32 = 0o644, patience: Duration = .seconds(10)) throws {
    adapter = BeadsBacklog(root: folder.path, now: { Self.now }, patience: patience)
    folder.write(lines.map { $0 + "\n" }.joined(), to: ".beads/issues.jsonl", mode: mode)
  }

  var text: String { String(decoding: folder.read(".beads/issues.jsonl") ?? [], as: UTF8.self) }

  var status: stat {
    var status = stat()
    stat("\(folder.path)/.beads/issues.jsonl", &status)
    return status
  }

  func id(_ text: String) throws -> TaskID { try #require(TaskID(text)) }
  func write(_ text: String) { folder.write(text, to: ".beads/issues.jsonl") }
}
