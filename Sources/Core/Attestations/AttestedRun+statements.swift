import DeliveryLoop
package import JSONText

/// In-toto statements (in-toto Attestation Framework 1.0), all about the same commit and tree.
extension AttestedRun {
  /// One of tests that passed for each suite, one of attributes, and one of the delivery itself; of a run that delivered nothing
  /// the last alone.
  package var statements: [JSON] {
    guard run.rest == .delivered else { return [delivery] }
    return [unitTests, liveTests, attributes, delivery].compactMap(\.self)
  }

  private func statement(_ type: String, _ predicate: JSON) -> JSON {
    [
      "_type": "https://in-toto.io/Statement/v1", "subject": .array(subjects), "predicateType": .string(type),
      "predicate": predicate,
    ]
  }

  /// The commit and its tree, or what the run stood on when it came to nothing.
  private var subjects: [JSON] {
    guard run.isCommitted, let commit = run.commit else {
      return [["name": "base", "digest": ["gitCommit": .string(run.base.text)]]]
    }
    return [
      ["name": "commit", "digest": ["gitCommit": .string(commit.id.text)]],
      ["name": "tree", "digest": ["gitTree": .string(commit.tree.text)]],
    ]
  }

  private var unitTests: JSON? {
    let names = captures.filter { $0.step == .test && $0.kind == "log" }.map(\.name).uniqued
    guard let tree = run.testedTree, !names.isEmpty else { return nil }
    return statement(
      "https://in-toto.io/attestation/test-result/v0.1",
      [
        "result": "PASSED", "configuration": configuration(tree), "passedTests": texts(names), "warnedTests": [],
        "failedTests": [],
      ])
  }

  private var liveTests: JSON? {
    guard let tree = run.validatedTree else { return nil }
    let waived = run.waived.map(\.validation)
    return statement(
      "https://in-toto.io/attestation/test-result/v0.1",
      [
        "result": waived.isEmpty ? "PASSED" : "WARNED", "configuration": configuration(tree),
        "passedTests": texts(run.validations.map(\.path)), "warnedTests": texts(waived), "failedTests": [],
      ])
  }

  /// Under which policy, and on which tree.
  private func configuration(_ tree: ObjectID) -> JSON {
    [
      ["name": .string(Configuration.path), "digest": ["sha256": .string(run.opening.policy.text)]],
      ["name": "tree", "digest": ["gitTree": .string(tree.text)]],
    ]
  }

  /// SCAI: what holds of the tree, and since which step is known to have passed.
  private var attributes: JSON? {
    var found: [JSON] = []
    if let tree = run.formattedTree {
      found.append(["attribute": "FORMATTED", "conditions": ["gitTree": .string(tree.text)]])
    }
    // Nothing is committed that the gate has not looked at.
    if run.isCommitted, let commit = run.commit {
      found.append(["attribute": "SECRET_SCAN_CLEAN", "conditions": ["gitCommit": .string(commit.id.text)]])
    }
    if let sweep = run.sweep, sweep.findings.isEmpty {
      let conditions: JSON = ["secrets": JSON(sweep.secrets), "places": JSON(sweep.places)]
      found.append(["attribute": "LOGS_REDACTED", "conditions": conditions])
    }
    if found.isEmpty { return nil }
    return statement(
      "https://in-toto.io/attestation/scai/v0.3",
      ["attributes": .array(found), "producer": ["name": "waybill", "annotations": ["version": .string(version)]]])
  }

  /// The type of what is said of the delivery itself.
  package static let type = "urn:waybill:attestation:delivery:v1"

  private var delivery: JSON {
    var predicate: JSONObject = [
      "id": .string(run.id.text), "result": .string(result), "attempts": JSON(run.attempts),
      "actor": .string(run.opening.owner), "startedAt": .string(started.text(fraction: 3)),
      "changedAt": .string(changed.text(fraction: 3)), "attestedBy": ["name": "waybill", "version": .string(version)],
      "policy": [
        "path": .string(Configuration.path), "digest": ["sha256": .string(run.opening.policy.text)],
        "commit": .string(run.opening.base.text),
      ],
      "task": [
        "id": .string(run.opening.task.text), "title": .string(run.opening.title), "closed": .bool(run.isClosed),
      ],
      "change": change, "trees": trees, "steps": .array(steps.map(\.json)),
      "liveValidation": .array(
        run.validations.map {
          ["path": .string($0.path), "exchanges": JSON($0.exchanges), "asserts": JSON($0.asserts)]
        }), "overrides": .array(overrides),
      "captures": .array(captures.map(\.json)),
    ]
    predicate["failure"] = run.rest == .delivered ? nil : run.failure.map { .string($0.message) }
    predicate["push"] = push
    predicate["log"] = log?.json
    return statement(Self.type, .object(predicate))
  }

  private var change: JSON {
    var change: JSONObject = [
      "ref": .string("refs/heads/\(run.opening.remoteBranch)"), "base": .string(run.base.text),
    ]
    if run.isCommitted, let commit = run.commit {
      change["head"] = .string(commit.id.text)
      change["tree"] = .string(commit.tree.text)
    }
    change["files"] = files.map(texts)
    return .object(change)
  }

  private var trees: JSON {
    var trees = JSONObject()
    for (name, tree) in [
      ("implemented", run.implementedTree), ("formatted", run.formattedTree), ("tested", run.testedTree),
      ("validated", run.validatedTree), ("committed", run.isCommitted ? run.commit?.tree : nil),
    ] {
      trees[name] = tree.map { .string($0.text) }
    }
    return .object(trees)
  }

  private var push: JSON? {
    guard let lease = run.pushLease, let observed = run.pushed else { return nil }
    return [
      "remote": .string(run.opening.remote), "old": lease.old.map { .string($0.text) } ?? .null,
      "new": .string(lease.new.text), "observed": .string(observed.text),
    ]
  }

  /// Whoever has let something pass that the gates alone would not have.
  private var overrides: [JSON] {
    let waivers: [JSON] = run.waived.map {
      [
        "kind": "waiver", "of": .string($0.validation), "by": .string($0.by), "reason": .string($0.reason),
        "ticket": $0.ticket.map { .string($0) } ?? .null, "until": .string($0.until.text(fraction: 0)),
      ]
    }
    return waivers
      + run.decisions.map { decision in
        let (kind, of) =
          switch decision.subject {
          case .plan(let digest): ("plan", digest.text)
          case .gates(let tree): ("gates", tree.text)
          }
        return [
          "kind": .string(kind), "of": .string(of), "verdict": .string(decision.verdict.rawValue),
          "by": .string(decision.by), "reason": .string(decision.reason),
          "ticket": decision.ticket.map { .string($0) } ?? .null, "at": .string(decision.at.text(fraction: 0)),
        ]
      }
  }
}

extension AttestedRun.StepTime {
  fileprivate var json: JSON {
    [
      "name": .string(step.rawValue), "attempt": JSON(attempt), "outcome": .string(outcome),
      "startedAt": .string(began.text(fraction: 3)), "endedAt": ended.map { .string($0.text(fraction: 3)) } ?? .null,
    ]
  }
}

extension AttestedRun.LogPosition {
  fileprivate var json: JSON {
    [
      "origin": .string(origin), "size": JSON(size), "root": .string(root), "index": JSON(index),
      "leaf": .string(leaf), "inclusionProof": texts(proof),
    ]
  }
}

extension Sweep.Capture {
  fileprivate var json: JSON {
    [
      "step": .string(step.rawValue), "attempt": JSON(attempt), "kind": .string(kind), "name": .string(name),
      "digest": ["sha256": .string(digest.text)],
    ]
  }
}

func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

extension JSON {
  fileprivate init(_ number: Int) { self = .number(JSONNumber(number)) }
}

extension [String] {
  /// Each once, where it first stands.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
