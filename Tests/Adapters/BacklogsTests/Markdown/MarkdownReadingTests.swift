import Backlogs
import DeliveryLoop
import Engine
import Support
import Testing

@Suite struct `Markdown tasks` {
  @Test func `are read with all they say`() throws {
    let tasks = MarkdownFixture([
      "vm-status.md": """
      ---
      title: Show the status
      status: In Progress
      priority: high
      type: bug
      labels: api, core
      assignee: ["@sue"]
      dependencies:
        - other
      ---
      # Show the status

      What it does.

      ```
      ## Acceptance
      ```

      ## Acceptance Criteria
      <!-- AC:BEGIN -->
      - [ ] #1 answers 200
        as JSON
      - [x] #2 names the node
      <!-- AC:END -->

      ## Notes
      More.
      """
    ])
    let task = try tasks.adapter.show(tasks.id("vm-status"))
    #expect(
      task
        == BacklogTask(
          id: try tasks.id("vm-status"), title: "Show the status",
          description: "# Show the status\n\nWhat it does.\n\n```\n## Acceptance\n```\n\n## Notes\nMore.",
          acceptance: ["answers 200 as JSON", "names the node"], state: .claimed, status: "In Progress", kind: "bug",
          priority: 1, labels: ["api", "core"], owner: "@sue", blockers: ["other"], obstacle: .claimed(by: "@sue")))
  }

  @Test func `are ordered by priority and then by id`() throws {
    let tasks = MarkdownFixture([
      "d.md": "---\npriority: 2\n---", "b.md": "---\npriority: 0\n---", "a.md": "---\ntitle: none\n---",
      "c.md": "---\npriority: 0\ntype: epic\n---\n", "e.md": "---\nstatus: Draft\n---\n", "z.txt": "", ".h.md": "",
    ])
    let list = try tasks.adapter.tasks()
    #expect(list.map(\.id.text) == ["b", "c", "d", "a", "e"])
    #expect(list.map(\.obstacle) == [nil, .epic, nil, nil, .setAside(status: "Draft")])
  }

  @Test(arguments: [
    ("# no front matter", 1, 1, "write a line \"---\""), ("---\ntitle: x\n", 1, 1, "no end"), ("", 1, 1, "\"---\""),
    ("---\ntitle: a: b\n---\n", 2, 9, "quote"), ("---\nid: a\nstatus: open\nstatus: closed\n---\n", 3, 1, "\"status\""),
    ("---\n- a\n---\n", 2, 1, "mapping"), ("---\nid: a b\n---\n", 2, 5, "cannot be an id"),
    ("---\nid: a\npriority: 7\n---\n", 3, 11, "no priority"), ("---\nstatus: [open]\n---\n", 2, 9, "a text"),
    ("---\nlabels: [[a]]\n---\n", 2, 9, "list of texts"), ("---\n{id: a, status: open}\n---\n", 2, 1, "one a line"),
    ("---\nid: \u{1}\n---\n", 2, 1, "cannot be read"),
  ]) func `name the place of a mistake`(text: String, line: Int, column: Int, words: String) throws {
    let tasks = MarkdownFixture(["a.md": text])
    let error = #expect(throws: BacklogError.self) { try tasks.adapter.tasks() }
    guard case .malformed("tasks/a.md", line, column, let message) = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(message.contains(words))
  }

  @Test func `have one id each`() throws {
    let tasks = MarkdownFixture(["a.md": "---\nid: x\n---\n", "b.md": "---\nid: x\n---\n"])
    #expect(throws: BacklogError.self) { try tasks.adapter.show(tasks.id("x")) }
  }

  @Test func `need a folder`() throws {
    let tasks = MarkdownFixture([:])
    #expect(throws: BacklogError.missing(path: "\(tasks.folder.path)/tasks")) { try tasks.adapter.tasks() }
    #expect(throws: BacklogError.missing(path: "\(tasks.folder.path)/tasks")) {
      try tasks.adapter.claim(tasks.id("x"), by: "me", at: Timestamp(nanoseconds: 0))
    }
  }
}
