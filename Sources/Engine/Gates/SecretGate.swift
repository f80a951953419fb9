import DeliveryLoop
import SecretScanning

/// Keeps secrets out of what is committed and out of what is pushed, by the objects themselves and not by the files.
///
/// What it may let pass stands in the base commit (promise I9): an allowance that the change brings along does not count.
struct SecretGate {
  let world: World
  let run: Run
  /// The step that asks.
  let step: Step

  /// nil when nothing that the tree has and the base has not holds a secret, names included.
  func inspect(_ tree: ObjectID) async throws -> Failure? { try await judge(try items(of: tree)) }

  /// nil when no declared secret stands in what the tree has and the base has not.
  func declared(in tree: ObjectID) async throws -> Failure? {
    let report = try await report(on: try items(of: tree))
    let first = report.findings.first { if case .declared = $0.kind { true } else { false } }
    return first.map { failure("\(world.scanner.wording(of: $0)); \(advice(on: $0))", []) }
  }

  /// nil when the commit may be made: its tree, its message, and who makes it.
  func inspect(_ commit: PreparedCommit) async throws -> Failure? {
    let parts = commit.content.utf8.split(separator: [0x0a, 0x0a], maxSplits: 1)
    let places = [ScanPlace(.author), ScanPlace(.message)]
    let words = zip(places, parts).map { ScanItem($0, bytes: Array($1)) }
    return try await judge(try items(of: commit.tree) + words)
  }

  /// nil when the commit may be pushed where the remote's branch is at `tip` (nil: where there is no such branch): with all
  /// that goes along with it, and under that name.
  func inspect(_ commit: ObjectID, onto tip: ObjectID?) async throws -> Failure? {
    let opening = run.opening
    let scope = tip.map { ScanScope.commits(commit, except: [$0]) } ?? .unpushed(commit, remote: opening.remote)
    let name = ScanItem(ScanPlace(.ref(opening.remoteBranch)))
    return try await judge([name] + world.scanner.objects.items(in: scope))
  }

  private func items(of tree: ObjectID) throws -> [ScanItem] {
    try world.scanner.objects.items(in: .tree(tree, since: try world.repository.tree(of: run.base)))
  }

  private func report(on items: [ScanItem]) async throws -> ScanReport {
    let allowed = try world.allowList(at: run.base)
    return try await world.scanner.scan(items, known: world.vault.set, allowed: allowed)
  }

  private func judge(_ items: [ScanItem]) async throws -> Failure? {
    let report = try await report(on: items)
    if let first = report.findings.first {
      return failure(
        "\(world.scanner.wording(of: first)); \(advice(on: first))", report.findings.map(world.scanner.wording))
    }
    guard world.configuration.refusesUnscanned, let first = report.unscanned.first else { return nil }
    return failure(
      "\(first.wording); take it out, or let such files pass with \"gate: { unscanned: allow }\" in waybill.yaml before "
        + "the run begins", report.unscanned.map(\.wording))
  }

  private func failure(_ message: String, _ all: [String]) -> Failure {
    let shown = all.prefix(20) + (all.count > 20 ? ["and \(all.count - 20) more"] : [])
    return Failure(step: step, kind: .secret, message: message, tail: all.count > 1 ? Array(shown) : [])
  }

  private func advice(on finding: ScanFinding) -> String {
    let out =
      switch finding.place.part {
      case .message where step == .commit, .author where step == .commit:
        "rename the task, or change \"commit.message\" or git's author"
      case .ref: "change \"push.branch\" or the branch's name"
      case .fileName where step != .push: "rename it"
      case .file where step != .push: "take it out"
      case .file, .fileName, .message, .author, .committer, .header, .tag:
        "abandon this run and take it out of the commit, for example with \"git rebase -i\""
      }
    guard case .rule = finding.kind else { return out }
    return
      "\(out), or, if it is no secret, commit the line \"\(finding.fingerprint) REASON\" to \(AllowList.path) before "
      + "the run begins"
  }
}

extension World {
  /// What a commit lets pass.
  func allowList(at commit: ObjectID) throws -> AllowList {
    let list = try repository.content(of: AllowList.path, at: commit)
    return try list.map { bytes throws(AllowListError) in try AllowList(bytes) } ?? .empty
  }
}
