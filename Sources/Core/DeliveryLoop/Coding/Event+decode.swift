package import JSONText

/// A stored event that this version cannot read: it is set aside and reported, never a reason not to start.
package enum UnreadableEvent: Error, Hashable, Sendable {
  case unknownKind(String)
  /// A member of the stored object is missing or not what it should be.
  case badMember(String, kind: String)
}

extension Event {
  /// Reads what `stored` and `kind` gave, in this version or any earlier one.
  package init(kind: String, stored: JSON) throws(UnreadableEvent) {
    let fields = Fields(stored, kind: kind)
    let words = kind.split(separator: ".", maxSplits: 1).map(String.init)
    switch words.first {
    case "opened": self = .opened(try Opening(fields))
    case "intended": self = .intended(try Intent(fields, step: words.last ?? ""))
    case "observed": self = .observed(try Fact(fields, name: words.last ?? ""))
    case "failed":
      guard let step = Step(rawValue: words.last ?? "") else { throw .unknownKind(kind) }
      self = .failed(try Failure(fields, step: step), try Consequence(fields.inner("then")))
    case "paused": self = .paused(try Wait(fields.inner("wait")))
    case "resumed": self = .resumed(from: try fields.step("from"), by: try fields.string("by"))
    case "interrupted": self = .interrupted(try fields.step("step"))
    case "abandoned": self = .abandoned(reason: try fields.string("reason"))
    case "decided": self = .decided(try Decision(fields))
    case "waived": self = .waived(try Waiver(fields))
    case "masked": self = .masked(try Masking(fields))
    case "swept": self = .swept(try Sweep(fields))
    case "dropped":
      self = .dropped(
        Dropping(
          captures: try fields.ints("captures").map(Int64.init), bytes: Int64(try fields.int("bytes")),
          policy: try fields.string("policy")))
    default: throw .unknownKind(kind)
    }
  }
}

extension Masking {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    let target: Target =
      fields.has("event") ? .event(Int64(try fields.int("event"))) : .evidence(Int64(try fields.int("evidence")))
    self.init(
      target: target, secrets: try fields.strings("secrets"), old: try fields.optional("old", Digest.init),
      new: try fields.optional("new", Digest.init))
  }
}

extension Sweep {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(secrets: try fields.int("secrets"))
    places = try fields.int("places")
    bytes = try fields.int("bytes")
    leftOut = try fields.int("left_out")
    removed = try fields.int("removed")
    findings = try fields.list("findings") { fields throws(UnreadableEvent) in
      Finding(secret: try fields.string("secret"), place: try fields.string("place"))
    }
    if fields.has("captures") {
      captures = try fields.list("captures") { fields throws(UnreadableEvent) in
        Capture(
          number: Int64(try fields.int("number")), step: try fields.step("step"), attempt: try fields.int("attempt"),
          kind: try fields.string("kind"), name: try fields.string("name"),
          began: Timestamp(nanoseconds: Int64(try fields.int("began"))),
          digest: try fields.value("digest", Digest.init))
      }
    }
  }
}

extension Opening {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      task: try fields.value("task", TaskID.init), title: try fields.string("title"),
      workspace: try fields.string("workspace"), branch: try fields.string("branch"),
      remote: try fields.string("remote"), remoteBranch: try fields.string("remote_branch"),
      base: try fields.value("base", ObjectID.init), policy: try fields.value("policy", Digest.init),
      owner: try fields.string("owner"), adopts: try fields.bool("adopts"), hasService: try fields.bool("service"),
      earlierAttempts: try fields.int("earlier_attempts"),
      isAnchored: fields.has("anchor") ? try fields.bool("anchor") : false,
      replay: fields.has("replay") ? try Replay(fields.inner("replay")) : nil)
  }
}

extension Intent {
  fileprivate init(_ fields: Fields, step: String) throws(UnreadableEvent) {
    switch Step(rawValue: step) {
    case .claim: self = .claim
    case .implement: self = .implement(attempt: try fields.int("attempt"))
    case .format: self = .format
    case .test: self = .test
    case .start: self = .start
    case .validate: self = .validate
    case .stop: self = .stop
    case .commit:
      self = .commit(
        PreparedCommit(
          id: try fields.value("commit", ObjectID.init), tree: try fields.value("tree", ObjectID.init),
          parent: try fields.value("parent", ObjectID.init), content: try fields.string("content")))
    case .push:
      self = .push(old: try fields.optional("old", ObjectID.init), new: try fields.value("new", ObjectID.init))
    case .rebase:
      self = .rebase(
        Rebase(
          from: try fields.value("from", ObjectID.init), onto: try fields.value("onto", ObjectID.init),
          tree: try fields.value("tree", ObjectID.init), files: try fields.value("files", ObjectID.init),
          kept: try fields.value("kept", ObjectID.init)))
    case .close: self = .close
    case .anchor: self = .anchor(try fields.string("note"))
    case nil: throw .unknownKind(fields.kind)
    }
  }
}

extension Fact {
  fileprivate init(_ fields: Fields, name: String) throws(UnreadableEvent) {
    switch name {
    case "claimed": self = .claimed(status: try fields.string("status"))
    case "implemented":
      self = .implemented(tree: try fields.value("tree", ObjectID.init), by: try fields.value("by", Author.init))
    case "formatted": self = .formatted(tree: try fields.value("tree", ObjectID.init))
    case "tested": self = .tested(tree: try fields.value("tree", ObjectID.init))
    case "launched": self = .launched(try ServiceRecord(fields))
    case "started": self = .started
    case "planned": self = .planned(try Plan(fields))
    case "sending": self = .sending(try fields.int("request"))
    case "sent": self = .sent(try fields.int("request"), status: try fields.optionalInt("status"))
    case "expired": self = .expired(try fields.value("plan", Digest.init))
    case "judged":
      self = .judged(
        Judgement(
          tree: try fields.value("tree", ObjectID.init), validation: try fields.string("validation"),
          verdict: try fields.value("verdict", Judgement.Verdict.init)))
    case "validated":
      self = .validated(
        tree: try fields.value("tree", ObjectID.init), files: try fields.list("files", ValidatedFile.init),
        waived: fields.has("waived") ? try fields.strings("waived") : [])
    case "replayed": self = .replayed(try ReplayResult(fields))
    case "stopped": self = .stopped
    case "committed": self = .committed(try fields.value("commit", ObjectID.init))
    case "pushed": self = .pushed(observed: try fields.value("observed", ObjectID.init))
    case "rebased":
      self = .rebased(onto: try fields.value("onto", ObjectID.init), tree: try fields.value("tree", ObjectID.init))
    case "closed": self = .closed(status: try fields.string("status"))
    case "anchored": self = .anchored(try fields.value("notes", ObjectID.init))
    case "attempted": self = .attempted(try Attempt(fields))
    default: throw .unknownKind(fields.kind)
    }
  }
}

extension ServiceRecord {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      pid: Int32(truncatingIfNeeded: try fields.int("pid")),
      startTicks: try fields.value("start_ticks", { (text: String) in UInt64(text) }),
      bootID: try fields.string("boot"), port: try fields.optionalInt("port").map { UInt16(truncatingIfNeeded: $0) })
  }
}

extension ValidatedFile {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      path: try fields.string("path"), exchanges: try fields.int("exchanges"), asserts: try fields.int("asserts"),
      captures: try fields.list("captures") { fields throws(UnreadableEvent) in
        Capture(name: try fields.string("name"), value: try fields.string("value"))
      })
  }
}

extension Failure {
  fileprivate init(_ fields: Fields, step: Step) throws(UnreadableEvent) {
    self.init(
      step: step, kind: try fields.value("kind", Kind.init), message: try fields.string("message"),
      tail: try fields.strings("tail"))
  }
}

extension Consequence {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    if let wait = fields.optionalInner("wait") {
      self = .wait(try Wait(wait))
    } else if fields.has("stop") {
      self = .stop
    } else {
      switch try fields.string("go") {
      case "implement": self = .implementAgain
      case "format": self = .formatAgain
      case "rebase": self = .rebase
      default: throw .badMember("go", kind: fields.kind)
      }
    }
  }
}

extension Wait {
  fileprivate init(_ fields: Fields) throws(UnreadableEvent) {
    switch try fields.string("for") {
    case "implementation": self = .implementation
    case "inconclusive": self = .inconclusive
    case "conflict": self = .conflict
    case "new-gates": self = .newGates
    case "gate-change": self = .gateChange(try fields.value("tree", ObjectID.init))
    case "approval": self = .approval(try fields.value("plan", Digest.init))
    case "until": self = .until(try fields.step("step"))
    default: throw .badMember("for", kind: fields.kind)
    }
  }
}
