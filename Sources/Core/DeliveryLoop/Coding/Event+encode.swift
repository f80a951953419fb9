package import JSONText

extension Event {
  /// The stored form: a JSON object whose members are part of the ledger's format.
  package var stored: JSON {
    switch self {
    case .opened(let opening): opening.stored
    case .intended(let intent): intent.stored
    case .observed(let fact): fact.stored
    case .failed(let failure, let consequence): failure.stored(with: consequence)
    case .paused(let wait): object(("wait", wait.stored))
    case .resumed(let step, let by): object(("from", .string(step.rawValue)), ("by", .string(by)))
    case .interrupted(let step): object(("step", .string(step.rawValue)))
    case .abandoned(let reason): object(("reason", .string(reason)))
    case .decided(let decision): decision.stored
    case .waived(let waiver): waiver.stored
    case .masked(let masking): masking.stored
    case .swept(let sweep): sweep.stored
    case .dropped(let dropping):
      object(
        ("captures", .array(dropping.captures.map { number(Int($0)) })), ("bytes", number(Int(dropping.bytes))),
        ("policy", .string(dropping.policy)))
    }
  }
}

extension Opening {
  fileprivate var stored: JSON {
    var stored: JSONObject = [
      "task": .string(task.text), "title": .string(title), "workspace": .string(workspace),
      "branch": .string(branch), "remote": .string(remote), "remote_branch": .string(remoteBranch),
      "base": .string(base.text), "policy": .string(policy.text), "owner": .string(owner),
      "adopts": .bool(adopts), "service": .bool(hasService), "earlier_attempts": number(earlierAttempts),
    ]
    if isAnchored { stored["anchor"] = true }
    stored["replay"] = replay?.stored
    return .object(stored)
  }
}

extension Intent {
  fileprivate var stored: JSON {
    switch self {
    case .claim, .format, .test, .start, .validate, .stop, .close: object()
    case .implement(let attempt): object(("attempt", number(attempt)))
    case .commit(let commit):
      object(
        ("commit", .string(commit.id.text)), ("tree", .string(commit.tree.text)),
        ("parent", .string(commit.parent.text)), ("content", .string(commit.content)))
    case .push(let old, let new): object(("old", old.map { .string($0.text) } ?? .null), ("new", .string(new.text)))
    case .anchor(let note): object(("note", .string(note)))
    case .rebase(let rebase):
      object(
        ("from", .string(rebase.from.text)), ("onto", .string(rebase.onto.text)), ("tree", .string(rebase.tree.text)),
        ("files", .string(rebase.files.text)), ("kept", .string(rebase.kept.text)))
    }
  }
}

extension Fact {
  fileprivate var stored: JSON {
    switch self {
    case .claimed(let status), .closed(let status): object(("status", .string(status)))
    case .implemented(let tree, let author): object(("tree", .string(tree.text)), ("by", .string(author.rawValue)))
    case .formatted(let tree), .tested(let tree): object(("tree", .string(tree.text)))
    case .launched(let service): service.stored
    case .started, .stopped: object()
    case .planned(let plan): plan.stored
    case .sending(let number): object(("request", DeliveryLoop.number(number)))
    case .sent(let number, let status):
      object(("request", DeliveryLoop.number(number)), ("status", status.map(DeliveryLoop.number) ?? .null))
    case .expired(let digest): object(("plan", .string(digest.text)))
    case .judged(let judgement):
      object(
        ("tree", .string(judgement.tree.text)), ("validation", .string(judgement.validation)),
        ("verdict", .string(judgement.verdict.rawValue)))
    case .validated(let tree, let files, let waived):
      waived.isEmpty
        ? object(("tree", .string(tree.text)), ("files", .array(files.map(\.stored))))
        : object(
          ("tree", .string(tree.text)), ("files", .array(files.map(\.stored))),
          ("waived", .array(waived.map { .string($0) })))
    case .replayed(let result): result.stored
    case .committed(let commit): object(("commit", .string(commit.text)))
    case .pushed(let observed): object(("observed", .string(observed.text)))
    case .rebased(let onto, let tree): object(("onto", .string(onto.text)), ("tree", .string(tree.text)))
    case .anchored(let notes): object(("notes", .string(notes.text)))
    case .attempted(let attempt): attempt.stored
    }
  }
}

extension ServiceRecord {
  fileprivate var stored: JSON {
    object(
      ("pid", number(Int(pid))), ("start_ticks", .string(String(startTicks))), ("boot", .string(bootID)),
      ("port", port.map { number(Int($0)) } ?? .null))
  }
}

extension ValidatedFile {
  fileprivate var stored: JSON {
    object(
      ("path", .string(path)), ("exchanges", number(exchanges)), ("asserts", number(asserts)),
      ("captures", .array(captures.map { object(("name", .string($0.name)), ("value", .string($0.value))) })))
  }
}

extension Failure {
  fileprivate func stored(with consequence: Consequence) -> JSON {
    object(
      ("kind", .string(kind.rawValue)), ("message", .string(message)), ("tail", .array(tail.map { .string($0) })),
      ("then", consequence.stored))
  }
}

extension Consequence {
  fileprivate var stored: JSON {
    switch self {
    case .implementAgain: object(("go", .string("implement")))
    case .formatAgain: object(("go", .string("format")))
    case .rebase: object(("go", .string("rebase")))
    case .wait(let wait): object(("wait", wait.stored))
    case .stop: object(("stop", .bool(true)))
    }
  }
}

extension Wait {
  fileprivate var stored: JSON {
    switch self {
    case .implementation: object(("for", .string("implementation")))
    case .inconclusive: object(("for", .string("inconclusive")))
    case .conflict: object(("for", .string("conflict")))
    case .newGates: object(("for", .string("new-gates")))
    case .gateChange(let tree): object(("for", .string("gate-change")), ("tree", .string(tree.text)))
    case .approval(let digest): object(("for", .string("approval")), ("plan", .string(digest.text)))
    case .until(let step): object(("for", .string("until")), ("step", .string(step.rawValue)))
    }
  }
}

extension Masking {
  fileprivate var stored: JSON {
    let place: (String, JSON) =
      switch target {
      case .evidence(let number): ("evidence", .number(JSONNumber(Int(number))))
      case .event(let sequence): ("event", .number(JSONNumber(Int(sequence))))
      }
    return object(
      place, ("reason", "it held a secret that became known later"),
      ("secrets", .array(secrets.map { .string($0) })), ("old", old.map { .string($0.text) } ?? .null),
      ("new", new.map { .string($0.text) } ?? .null))
  }
}

extension Sweep {
  fileprivate var stored: JSON {
    var stored = looked
    guard let captures, case .object(var members) = stored else { return stored }
    members["captures"] = .array(
      captures.map { capture in
        object(
          ("number", number(Int(capture.number))), ("step", .string(capture.step.rawValue)),
          ("attempt", number(capture.attempt)), ("kind", .string(capture.kind)), ("name", .string(capture.name)),
          ("began", number(Int(capture.began.nanoseconds))), ("digest", .string(capture.digest.text)))
      })
    stored = .object(members)
    return stored
  }

  private var looked: JSON {
    object(
      ("secrets", number(secrets)), ("places", number(places)), ("bytes", number(bytes)), ("left_out", number(leftOut)),
      ("removed", number(removed)),
      (
        "findings",
        .array(findings.map { object(("secret", .string($0.secret)), ("place", .string($0.place))) })
      ))
  }
}

func object(_ members: (String, JSON)...) -> JSON {
  var object = JSONObject()
  for (name, value) in members { object[name] = value }
  return .object(object)
}

func number(_ value: Int) -> JSON { .number(JSONNumber(value)) }
