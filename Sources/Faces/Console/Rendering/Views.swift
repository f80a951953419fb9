import DeliveryLoop
import Engine
import JSONText

/// The values that verbs print, as JSON; text is made of the same values.
enum Views {
  /// The state that the ledger shows, unless nobody is at work on what it shows as running.
  static func state(_ run: RunSummary, isAlive: Bool) -> String {
    let state = run.standing.state
    return state == .running && !isAlive ? Explanation.Reason.cutOff.rawValue : run.standing.word
  }

  static func summary(_ run: RunSummary, isAlive: Bool) -> JSON {
    [
      "run": .string(run.run.text), "task": .string(run.task.text), "title": .string(run.title),
      "state": .string(state(run, isAlive: isAlive)), "step": .string(run.standing.step.rawValue),
      "attempts": JSON(integerLiteral: run.standing.attempts),
      "commit": run.standing.commit.map { .string($0.text) } ?? .null,
      "started": .string(run.started.description), "changed": .string(run.changed.description),
      "author": .string(run.author), "waivers": JSON(integerLiteral: run.waivers),
      "workspace": .string(run.workspace), "replays": run.replays.map { .string($0.text) } ?? .null,
    ]
  }

  static func explanation(_ explanation: Explanation) -> JSON {
    [
      "reason": .string(explanation.reason.rawValue), "text": .string(explanation.text),
      "tail": .array(explanation.tail.map { .string($0) }), "next": explanation.next.map { .string($0) } ?? .null,
      "warnings": .array(explanation.warnings.map { .string($0) }),
    ]
  }

  static func task(_ task: BacklogTask) -> JSON {
    [
      "id": .string(task.id.text), "title": .string(task.title), "status": .string(task.status),
      "kind": .string(task.kind),
      "priority": task.priority.map { JSON(integerLiteral: $0) } ?? .null,
      "owner": task.owner.map { .string($0) } ?? .null,
      "ready": .bool(task.obstacle == nil), "obstacle": task.obstacle.map { .string($0.wording) } ?? .null,
      "blockers": .array(task.blockers.map { .string($0) }), "labels": .array(task.labels.map { .string($0) }),
    ]
  }

  static func line(_ line: Timeline.Line) -> JSON {
    [
      "step": .string(line.step.rawValue), "attempt": JSON(integerLiteral: line.attempt),
      "outcome": .string(line.outcome.rawValue),
      "began": .string(line.began.description), "ended": line.ended.map { .string($0.description) } ?? .null,
      "message": .string(line.message),
    ]
  }

  static func evidence(_ evidence: EvidenceSummary) -> JSON {
    [
      "id": JSON(integerLiteral: Int(evidence.id.number)), "step": .string(evidence.step.rawValue),
      "attempt": JSON(integerLiteral: evidence.attempt), "kind": .string(evidence.kind.rawValue),
      "name": .string(evidence.name),
      "size": JSON(integerLiteral: Int(evidence.size)), "sha256": evidence.digest.map { .string($0.text) } ?? .null,
      "began": .string(evidence.began.description),
    ]
  }

  static func page(_ page: RunPage) -> JSON {
    let run = page.run
    return [
      "run": summary(page.summary, isAlive: page.isAlive), "why": explanation(page.explanation),
      "replay": Event.opened(run.opening).stored["replay"] ?? .null,
      "branch": .string(run.opening.branch),
      "remote": .string("\(run.opening.remote)/\(run.opening.remoteBranch)"), "base": .string(run.base.text),
      "policy": .string(run.opening.policy.text), "owner": .string(run.opening.owner),
      "trees": [
        "formatted": id(run.formattedTree), "tested": id(run.testedTree), "validated": id(run.validatedTree),
        "committed": id(run.isCommitted ? run.commit?.tree : nil),
      ],
      "commit": id(run.isCommitted ? run.commit?.id : nil), "observed_on_remote": id(run.pushed),
      "plans": .array(run.plans.map(plan)), "decisions": .array(run.decisions.map { Event.decided($0).stored }),
      "waived": .array(run.waived.map { Event.waived($0).stored }),
      "validations": .array(run.validations.map(validation)),
      "flaky": .array(
        run.flakes.map {
          [
            "file": .string($0.validation), "tree": .string($0.tree.text),
            "verdicts": .array($0.verdicts.map { .string($0.rawValue) }),
          ]
        }), "steps": .array(page.timeline.lines.map(line)),
      "evidence": .array(page.evidence.map(evidence)),
      "at_rest": run.sweep.map { Event.swept($0).stored } ?? .null,
      "masked": .array(run.maskings.map { Event.masked($0).stored }), "agents": page.agents?.json ?? .null,
    ]
  }

  static func plan(_ record: PlanRecord) -> JSON {
    var document = Event.observed(.planned(record.plan)).stored.object ?? JSONObject()
    document["state"] = .string(record.state.rawValue)
    document["risk"] = .string(record.plan.risk.rawValue)
    document["sent"] = .object(
      JSONObject(record.sent.sorted { $0.key < $1.key }.map { (String($0.key), JSON(integerLiteral: $0.value)) }))
    document["decision"] = record.decision.map { Event.decided($0).stored } ?? .null
    return .object(document)
  }

  private static func validation(_ file: ValidatedFile) -> JSON {
    [
      "file": .string(file.path), "exchanges": JSON(integerLiteral: file.exchanges),
      "asserts": JSON(integerLiteral: file.asserts),
      "captures": .object(JSONObject(file.captures.map { ($0.name, .string($0.value)) })),
    ]
  }

  private static func id(_ id: ObjectID?) -> JSON { id.map { .string($0.text) } ?? .null }
}
