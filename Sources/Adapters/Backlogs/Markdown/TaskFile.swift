import DeliveryLoop
import Engine
import Yams

/// One task as its file has it.
struct TaskFile {
  /// Relative to the root of the repository.
  let path: String
  let id: TaskID
  let status: String?
  let priority: Int?
  let owner: String?
  let dependencies: [String]
  private let front: FrontMatter

  /// Reads a file; `stem` is its name without `.md`, the id of a task that names no other.
  init(_ bytes: [UInt8], path: String, stem: String) throws(BacklogError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(path: path, line: 1, column: 1, message: "the file is not UTF-8; save it as UTF-8")
    }
    let front = try FrontMatter(text, path: path)
    let word = try front.word("id") ?? stem
    guard let id = TaskID(word) else {
      throw front.malformed(
        "id",
        "\"\(word)\" cannot be an id; use letters, digits, \".\", \"_\" and \"-\", beginning with a letter or digit")
    }
    self.path = path
    self.id = id
    self.front = front
    status = try front.word("status")
    // A comma may be part of a name.
    owner = front["assignee"]?.sequence == nil ? try front.word("assignee") : try front.words("assignee").first
    dependencies = try front.words("dependencies")
    priority = try Self.priority(in: front)
  }

  var state: BacklogTask.State { status.map(StatusWord.state) ?? .open }
  var kind: String { (try? front.word("type")) ?? "task" }

  /// The task with what stands in its way; `blockers` are its dependencies that are not closed.
  func task(blockers: [String]) throws(BacklogError) -> BacklogTask {
    let body = TaskBody(front.body)
    let obstacle: BacklogTask.Obstacle? =
      switch state {
      case .closed: .closed
      case .claimed: .claimed(by: owner)
      case .other: .setAside(status: status ?? "unknown")
      case .open: kind == "epic" ? .epic : blockers.isEmpty ? nil : .blocked(by: blockers)
      }
    return BacklogTask(
      id: id, title: try front.word("title") ?? body.title ?? id.text, description: body.description,
      acceptance: body.acceptance, state: state, status: status ?? "open", kind: kind, priority: priority,
      labels: try front.words("labels"), owner: owner, blockers: state == .closed ? [] : blockers,
      closeReason: try front.word("close_reason"), obstacle: obstacle)
  }

  func claimed(by owner: String, at time: Timestamp) throws(BacklogError) -> [UInt8] {
    try changed(to: .claimed, at: time) { front throws(BacklogError) in try front.set("assignee", to: owner) }
  }

  /// Whether it is what claiming the task of this file gives, and nothing else.
  func isClaim(of bytes: [UInt8]) throws(BacklogError) -> Bool {
    guard let owner else { return false }
    let time = try text("updated_at").flatMap(InstantText.read) ?? Timestamp(nanoseconds: 0)
    let before = try TaskFile(bytes, path: path, stem: id.text)
    return before.state == .open ? try before.claimed(by: owner, at: time) == Array(front.text.utf8) : false
  }

  /// The same with somebody who has taken it up; nobody leaves it as it is.
  func owned(by owner: String?, path: String, stem: String) throws(BacklogError) -> TaskFile {
    guard let owner else { return self }
    let bytes = try changed(to: .claimed, at: nil) { front throws(BacklogError) in
      try front.set("assignee", to: owner)
    }
    return try TaskFile(bytes, path: path, stem: stem)
  }

  func released(at time: Timestamp) throws(BacklogError) -> [UInt8] {
    try changed(to: .open, at: time) { front throws(BacklogError) in try front.clear("assignee") }
  }

  /// With the closing date and reason, and every box of the acceptance list ticked.
  func closed(because reason: String?, at moment: String?) throws(BacklogError) -> [UInt8] {
    try changed(to: .closed, at: moment.flatMap(InstantText.read)) { front throws(BacklogError) in
      if let moment { try front.set("closed_at", to: moment) }
      if let reason { try front.set("close_reason", to: reason) }
      var body = TaskBody(front.body)
      body.tick()
      try front.replaceLines(front.end + 1..<front.lines.count, with: body.lines)
    }
  }

  /// The text under a key; nil where there is none.
  func text(_ key: String) throws(BacklogError) -> String? { try front.word(key) }

  private func changed(
    to state: BacklogTask.State, at time: Timestamp?, _ edit: (inout FrontMatter) throws(BacklogError) -> Void
  ) throws(BacklogError) -> [UInt8] {
    var changed = front
    try changed.set("status", to: StatusWord.word(for: state, like: status))
    if let time, front["updated_at"] != nil { try changed.set("updated_at", to: time.text(fraction: 0)) }
    try edit(&changed)
    return Array(changed.text.utf8)
  }

  /// 0 to 4, or a word of Backlog.md.
  private static func priority(in front: FrontMatter) throws(BacklogError) -> Int? {
    guard let word = try front.word("priority") else { return nil }
    let words = ["critical": 0, "high": 1, "medium": 2, "low": 3]
    let digits = word.lowercased().hasPrefix("p") ? word.dropFirst() : word[...]
    if let number = words[word.lowercased()] ?? Int(digits), (0...4).contains(number) { return number }
    throw front.malformed("priority", "\"\(word)\" is no priority; write 0 (most urgent) to 4, or high, medium or low")
  }
}

extension FrontMatter {
  /// The text of a scalar; nil for a key that is absent or empty.
  func word(_ key: String) throws(BacklogError) -> String? {
    guard let node = self[key] else { return nil }
    guard case .scalar(let scalar) = node else {
      throw malformed(key, "\"\(key)\" has to be a text; write it in one line after the colon")
    }
    let isEmpty = scalar.string.isEmpty || (scalar.style == .plain && ["~", "null"].contains(scalar.string))
    return isEmpty ? nil : scalar.string
  }

  /// The texts of a list; one text alone may stand without a list, with commas in it.
  func words(_ key: String) throws(BacklogError) -> [String] {
    guard let elements = self[key]?.sequence else {
      return try word(key)?.split(separator: ",").map { String($0).trimmingBlanks.description }.filter { !$0.isEmpty }
        ?? []
    }
    var words: [String] = []
    for element in elements {
      guard let text = element.scalar?.string else {
        throw malformed(key, "\"\(key)\" has to be a list of texts; write [one, two]")
      }
      words.append(text)
    }
    return words
  }
}
