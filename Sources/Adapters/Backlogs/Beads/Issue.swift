import DeliveryLoop
import JSONText

/// What the delivery of tasks needs to know of one record.
struct Issue {
  let id: String
  /// From 1.
  let line: Int
  /// Of the record without its line break.
  let bytes: Range<Int>
  let record: JSON

  /// A link to another issue, by br's word for its kind.
  struct Dependency: Hashable {
    let target: String
    let kind: String
  }

  var status: String { record["status"]?.string ?? "open" }
  var title: String { text("title") ?? id }
  var labels: [String] { (record["labels"]?.array ?? []).compactMap(\.string) }
  var kind: String { record["issue_type"]?.string ?? "task" }
  var priority: Int? { record["priority"]?.int }
  var assignee: String? { text("assignee") }
  var created: Timestamp? { text("created_at").flatMap(InstantText.read) }
  var updated: Timestamp? { text("updated_at").flatMap(InstantText.read) }
  /// Neither closed nor deleted.
  var isOpen: Bool { status != "closed" && !isTombstone }
  var isTombstone: Bool { status == "tombstone" }

  var dependencies: [Dependency] {
    (record["dependencies"]?.array ?? []).compactMap { entry in
      entry["depends_on_id"]?.string.map { Dependency(target: $0, kind: entry["type"]?.string ?? "blocks") }
    }
  }

  /// Why it is never taken up for its own sake; nil for an ordinary issue.
  var reserve: String? {
    let words = [("pinned", "pinned"), ("is_template", "template"), ("ephemeral", "ephemeral")]
    return words.first { record[$0.0]?.bool == true }?.1
  }

  func isDeferred(at now: Timestamp) -> Bool {
    text("defer_until").flatMap(InstantText.read).map { $0 > now } ?? false
  }

  /// The description with what design and notes add to it.
  var description: String {
    let parts = [
      text("description"), text("design").map { "## Design\n\($0)" }, text("notes").map { "## Notes\n\($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: "\n\n")
  }

  func text(_ name: String) -> String? {
    guard let text = record[name]?.string, !text.isEmpty else { return nil }
    return text
  }
}
