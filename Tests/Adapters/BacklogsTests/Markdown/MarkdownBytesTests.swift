import Backlogs
import DeliveryLoop
import Engine
import Support
import Testing

/// 2027-01-15T08:00:00.123456789Z
private let moment = Timestamp(nanoseconds: 1_800_000_000_123_456_789)

@Suite struct `Markdown bytes` {
  private static let file = """
    ---
    # what it is
    id: vm-status
    title: "Show: the status"   # keep
    status:   open  # set by hand

    priority: 1
    labels:
      - api
    # who waits
    dependencies: []
    custom: { a: [1, 2] }
    ---
    # Show the status

    Text with `- [ ] no criterion`.
    - [ ] neither is this

    ## Acceptance
    It holds when:
    - [ ] GET /v1/vms answers 200
      in JSON
    * [x] done already
    ```
    - [ ] an example
    ```
    ### Details
    - [ ] éléments

    ## Notes
    - [ ] stays open

    """

  @Test func `change in the lines of the claim alone`() throws {
    let tasks = MarkdownFixture(["vm.md": Self.file])
    try tasks.adapter.claim(tasks.id("vm-status"), by: "Jürg <j@x>", at: moment)
    let expected = Self.file.replacing("status:   open  #", with: "status:   in_progress  #")
      .replacing("priority: 1\n", with: "priority: 1\nassignee: \"Jürg <j@x>\"\n")
    #expect(tasks.text("vm.md") == expected)
    try tasks.adapter.release(tasks.id("vm-status"), by: "Jürg <j@x>", at: moment, over: [])
    #expect(tasks.text("vm.md") == Self.file)
  }

  @Test(arguments: ["\n", "\r\n"]) func `of a closed record have date, reason and ticked boxes`(end: String) throws {
    let original = Self.file.replacing("\n", with: end)
    let tasks = MarkdownFixture(["vm.md": original])
    let record = try tasks.adapter.closedRecord(
      of: tasks.id("vm-status"), reason: "Done: all of it", at: moment, over: [])
    let expected = Self.file.replacing("status:   open  #", with: "status:   closed  #")
      .replacing(
        "dependencies: []\n",
        with: "dependencies: []\nclosed_at: 2027-01-15T08:00:00Z\nclose_reason: \"Done: all of it\"\n"
      )
      .replacing("- [ ] GET", with: "- [x] GET").replacing("- [ ] éléments", with: "- [x] éléments")
      .replacing("\n", with: end)
    let bytes = try #require(record.first?.bytes)
    #expect(record.map(\.path) == ["tasks/vm.md"])
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    #expect(tasks.text("vm.md") == original)
  }

  @Test func `keep to the words that the file uses`() throws {
    let file = "---\nid: task-1\nstatus: To Do\nassignee: []\nupdated_at: 2026-01-01T00:00:00Z\n---\n"
    let tasks = MarkdownFixture(["task-1 - Title.md": file])
    try tasks.adapter.claim(tasks.id("task-1"), by: "@me", at: moment)
    let claimed = "---\nid: task-1\nstatus: In Progress\nassignee: [\"@me\"]\nupdated_at: 2027-01-15T08:00:00Z\n---\n"
    #expect(tasks.text("task-1 - Title.md") == claimed)
    #expect(try tasks.adapter.show(tasks.id("task-1")).owner == "@me")
    let record = try tasks.adapter.closedRecord(of: tasks.id("task-1"), reason: "r", at: moment, over: [])
    try tasks.adapter.adopt(record, of: tasks.id("task-1"))
    #expect(tasks.text("task-1 - Title.md").contains("\nstatus: Done\n"))
    #expect(try tasks.adapter.show(tasks.id("task-1")).state == .closed)
  }

  @Test(
    arguments: [
      ("status: \"open\" # c", "status: in_progress # c"), ("status: 'op''en'", nil),
      ("\"status\" : open", "\"status\" : in_progress"),
      ("status:", "status: in_progress"), ("status:   # none yet", "status: in_progress   # none yet"),
      ("status: >-\n  open", "status: in_progress"), ("status: open#1", nil),
    ] as [(String, String?)]) func `of a value are found in every style`(line: String, expected: String?) throws
  {
    let tasks = MarkdownFixture(["a.md": "---\ntitle: T\n\(line)\nassignee: me # always\n---\nx"])
    guard let expected else {
      #expect(throws: BacklogError.self) { try tasks.adapter.claim(tasks.id("a"), by: "me", at: moment) }
      return
    }
    try tasks.adapter.claim(tasks.id("a"), by: "me", at: moment)
    #expect(tasks.text("a.md") == "---\ntitle: T\n\(expected)\nassignee: me # always\n---\nx")
    try tasks.adapter.release(tasks.id("a"), by: "me", at: moment, over: [])
    #expect(tasks.text("a.md").contains("\nassignee: # always\n"))
  }

  @Test(arguments: [
    "yes", "null", "1.5", "a: b", "a #b", "- x", "\"q\"", "tab\tx", "it's", "ünïcode", "x ", "[x]", "2026-01-01",
  ])
  func `of an owner are quoted where YAML would read something else`(owner: String) throws {
    let tasks = MarkdownFixture(["a.md": "---\nstatus: open\n---\n"])
    try tasks.adapter.claim(tasks.id("a"), by: owner, at: moment)
    #expect(try tasks.adapter.show(tasks.id("a")).owner == owner)
    try tasks.adapter.claim(tasks.id("a"), by: owner, at: moment)
  }

  @Test func `of an edit to the very task survive the adoption of its closed record`() throws {
    let tasks = MarkdownFixture(["vm.md": Self.file])
    let record = try tasks.adapter.closedRecord(of: tasks.id("vm-status"), reason: "done", at: moment, over: [])
    tasks.folder.write(Self.file.replacing("Text with", with: "Words with"), to: "tasks/vm.md")
    try tasks.adapter.adopt(record, of: tasks.id("vm-status"))
    let committed = String(decoding: try #require(record.first?.bytes), as: UTF8.self)
    #expect(tasks.text("vm.md") == committed.replacing("Text with", with: "Words with"))
    #expect(tasks.folder.names(in: "tasks") == ["vm.md"])
  }
}
