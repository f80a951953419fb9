import JSONText

/// One record of `issues.jsonl` as its bytes: a member is changed where it stands, and every other byte is kept.
struct RecordText {
  private(set) var bytes: [UInt8]
  private var members: [Member] = []

  /// Where one member stands.
  private struct Member {
    let name: String
    /// From the opening quote of the name to the end of the value.
    let whole: Range<Int>
    let value: Range<Int>
  }

  /// Takes a line that is known to be a JSON object.
  init(_ line: some Sequence<UInt8>) {
    bytes = Array(line)
    scan()
  }

  /// A name that stands more than once.
  var repeatedName: String? {
    var seen: Set<String> = []
    return members.first { !seen.insert($0.name).inserted }?.name
  }

  subscript(name: String) -> JSON? {
    members.first { $0.name == name }.flatMap { try? JSON.parse(Array(bytes[$0.value])) }
  }

  /// Replaces the value in place, or inserts the member where br's order of fields has it.
  mutating func set(_ name: String, to value: JSON) {
    let text = Array(value.compact.utf8)
    if let member = members.first(where: { $0.name == name }) {
      bytes.replaceSubrange(member.value, with: text)
    } else {
      insert(Array(JSON.string(name).compact.utf8), text, after: predecessor(of: name))
    }
    scan()
  }

  mutating func remove(_ name: String) {
    guard let index = members.firstIndex(where: { $0.name == name }) else { return }
    let member = members[index]
    if index + 1 < members.count {
      bytes.removeSubrange(member.whole.lowerBound..<members[index + 1].whole.lowerBound)
    } else if index > 0 {
      bytes.removeSubrange(members[index - 1].whole.upperBound..<member.whole.upperBound)
    } else {
      bytes.removeSubrange(member.whole)
    }
    scan()
  }

  /// The present member that comes last of those before `name` in br's order.
  private func predecessor(of name: String) -> Member? {
    guard let rank = Self.order.firstIndex(of: name) else { return members.last }
    for earlier in Self.order[..<rank].reversed() {
      if let member = members.first(where: { $0.name == earlier }) { return member }
    }
    return nil
  }

  /// Writes blanks after colon and comma where the record's other members have them.
  private mutating func insert(_ name: [UInt8], _ value: [UInt8], after member: Member?) {
    let blank: (UInt8) -> Bool = { $0 == 0x20 }
    let isSpaced = members.first.map { blank(bytes[$0.value.lowerBound - 1]) } ?? false
    let comma: [UInt8] = isSpaced ? [0x2c, 0x20] : [0x2c]
    let text = name + (isSpaced ? [0x3a, 0x20] : [0x3a]) + value
    if let member {
      bytes.insert(contentsOf: comma + text, at: member.whole.upperBound)
    } else if let first = members.first {
      bytes.insert(contentsOf: text + comma, at: first.whole.lowerBound)
    }
  }

  private mutating func scan() {
    var scanner = MemberScanner(bytes: bytes)
    members = []
    while let (name, value) = scanner.next() {
      let text = (try? JSON.parse(Array(bytes[name])))?.string ?? ""
      members.append(Member(name: text, whole: name.lowerBound..<value.upperBound, value: value))
    }
  }

  /// br's order of fields.
  private static let order = [
    "id", "title", "description", "design", "acceptance_criteria", "notes", "status", "priority", "issue_type",
    "assignee", "owner", "estimated_minutes", "created_at", "created_by", "updated_at", "closed_at", "close_reason",
    "closed_by_session", "due_at", "defer_until", "external_ref", "source_system", "source_repo", "source_repo_path",
    "agent_context", "deleted_at", "deleted_by", "delete_reason", "original_type", "compaction_level", "compacted_at",
    "compacted_at_commit", "original_size", "sender", "ephemeral", "pinned", "is_template", "labels", "dependencies",
    "comments",
  ]
}
