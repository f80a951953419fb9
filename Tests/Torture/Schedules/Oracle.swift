import Engine

/// Says what is wrong with a delivery, from nothing but what can be seen from outside.
enum Oracle {
  /// What has to hold at any moment, also while the program is dead.
  static func atRest(_ outside: Outside) -> [String] {
    var wrong: [String] = []
    func demand(_ holds: Bool, _ words: @autoclosure () -> String) { if !holds { wrong.append(words()) } }
    demand(outside.isChainWhole, "the ledger's chain is broken")
    demand(outside.ours.count <= 1, "I3: \(outside.ours.count) commits of the run are on the remote")
    let intents = outside.sequences(of: "intended.commit")
    if let commit = outside.ours.first {
      demand(
        !outside.sequences(of: "intended.push", with: commit.id).isEmpty, "it was pushed before that was recorded")
      demand(
        outside.updates.count { $0 == commit.id } == 1,
        "I3: the commit became the remote's tip \(outside.updates.count { $0 == commit.id }) times")
      demand(outside.remoteTask == "closed", "the task's commit has not its closed record")
    } else {
      demand(outside.remoteTask == "open", "the remote shows the task as \(outside.remoteTask) without its commit")
      demand(outside.task != "closed", "I2: the working copy shows the task as closed before it was pushed")
    }
    if outside.head != outside.base, !outside.remote.contains(where: { $0.id == outside.head }) {
      demand(!intents.isEmpty, "it was committed before that was recorded")
    }
    if outside.task == "in_progress" {
      demand(!outside.sequences(of: "intended.claim").isEmpty, "the task was claimed before that was recorded")
    }
    wrong += changes(outside)
    demand(outside.remote.last?.id == outside.base, "somebody's commits are gone from the remote")
    return wrong
  }

  /// Promise I6: nothing is sent that is not recorded first, and after a plan that was cut off somebody is asked.
  private static func changes(_ outside: Outside) -> [String] {
    var wrong: [String] = []
    let sent = outside.sequences(of: "observed.sending")
    if outside.changes.count > sent.count {
      wrong.append("I6: \(outside.changes.count) changes were sent, and \(sent.count) of them recorded before")
    }
    let plans = outside.sequences(of: "observed.planned")
    for (plan, next) in zip(plans, plans.dropFirst()) where sent.contains(where: { (plan...next).contains($0) }) {
      let isTold = outside.sequences(of: "failed.validate").contains { (plan...next).contains($0) }
      if !isTold { wrong.append("I6: a plan was begun anew after it was cut off, and nobody was asked") }
    }
    return wrong
  }

  /// What has to hold when the program has come to its end; `theirs` is how many commits others have pushed.
  static func atTheEnd(_ outside: Outside, _ scenario: Scenario, theirs: Int) -> [String] {
    var wrong = atRest(outside) + leftovers(outside)
    wrong += scenario.isDelivered ? delivered(outside, scenario) : abandoned(outside)
    if scenario == .changing {
      let plans = max(1, outside.sequences(of: "observed.planned").count)
      let isWhole = outside.changes.suffix(2) == ["a", "b"] && outside.changes.count(where: { $0 == "b" }) <= plans
      if !isWhole { wrong.append("I6: the service was asked to change \(outside.changes)") }
    }
    if outside.remote.count(where: { $0.subject == "theirs" }) < theirs { wrong.append("commits of others are lost") }
    return wrong
  }

  /// Promise I7.
  private static func leftovers(_ outside: Outside) -> [String] {
    var wrong = outside.processes.map { "I7: the process \($0) is still there" }
    if let holder = outside.portHolder { wrong.append("I7: the port is held by \(holder)") }
    wrong += outside.locks.map { "I7: the lock \($0) is still there" }
    wrong += outside.dirty.map { "the working tree is not clean: \($0)" }
    return wrong
  }

  /// The same as after an undisturbed run, with what others have pushed.
  private static func delivered(_ outside: Outside, _ scenario: Scenario) -> [String] {
    guard let commit = outside.ours.first else { return ["I2: it is told as delivered and is not on the remote"] }
    var wrong: [String] = []
    func demand(_ holds: Bool, _ words: String) { if !holds { wrong.append(words) } }
    demand(outside.head == commit.id && outside.branch == "refs/heads/main", "HEAD is not at the run's commit")
    demand(outside.task == "closed", "the working copy shows the task as \(outside.task)")
    let names = outside.files.map { $0.split(separator: "\t").last.map(String.init) ?? "" }
    let expected = [
      "hello.txt", "tasks/hello.md", outside.remote.contains { $0.subject == "theirs" } ? "theirs.txt" : nil,
      "validations/hello.hurl", "waybill.yaml",
    ].compactMap(\.self)
    demand(names == expected, "the remote has the files \(names)")
    demand(outside.files.contains { $0.hasPrefix(helloBlob) }, "hello.txt is not what was implemented")
    demand(commit.tasks == ["hello"] && commit.runs.count == 1, "its trailers are \(commit.tasks) and \(commit.runs)")
    if scenario == .anchored {
      demand(outside.notes == [commit.id], "I8: there are notes on \(outside.notes)")
      demand(outside.notesUpdates == 1, "I8: the notes were changed \(outside.notesUpdates) times")
      demand(outside.sequences(of: "observed.anchored").count == 1, "I8: the anchor is not recorded once")
    }
    return wrong + order(outside, commit, last: scenario == .anchored ? "observed.anchored" : "observed.closed")
  }

  /// Promises I1 and I2, by sequence: this tree validated, then committed, then seen on the remote, then closed.
  private static func order(_ outside: Outside, _ commit: Outside.Commit, last kind: String) -> [String] {
    guard let tree = commit.validated.first else { return ["I1: the commit does not say what was validated"] }
    let stations = [
      outside.sequences(of: "observed.formatted", with: tree), outside.sequences(of: "observed.tested", with: tree),
      outside.sequences(of: "observed.validated", with: tree),
      outside.sequences(of: "observed.committed", with: commit.id), outside.sequences(of: "observed.pushed"),
      outside.sequences(of: "observed.closed"),
    ]
    var wrong: [String] = []
    var last: Int64 = 0
    for station in stations {
      guard let sequence = station.last, sequence > last else {
        wrong.append("I2: formatted, tested, validated, committed, pushed and closed are not in this order")
        break
      }
      last = sequence
    }
    for (name, index) in [("push", 4), ("close", 5)] where stations[index].count != 1 {
      wrong.append("I3: \(stations[index].count) records of a \(name)")
    }
    if outside.events.last(where: { $0.kind != "swept" })?.kind != kind {
      wrong.append("the last record is not \(kind)")
    }
    return wrong
  }

  private static func abandoned(_ outside: Outside) -> [String] {
    var wrong: [String] = []
    func demand(_ holds: Bool, _ words: String) { if !holds { wrong.append(words) } }
    demand(outside.head == outside.base && outside.branch == "refs/heads/main", "the branch is not back at its base")
    demand(outside.task == "open", "the working copy shows the task as \(outside.task)")
    demand(outside.remote.count == 1, "something was pushed")
    demand(outside.refs.contains { $0.hasSuffix("/work") }, "the work was not kept")
    demand(
      outside.events.last { $0.kind != "swept" }?.kind == "abandoned", "the last record is not that it was given up")
    return wrong
  }

  /// The id of a blob with "hello" and a line break.
  private static let helloBlob = "ce013625030ba8dba906f756967f9e9ca394464a"
}
