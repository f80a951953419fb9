import DeliveryLoop
import Redaction

/// Looks at a change before it is committed: no declared secret in it, and no more than it may touch.
struct ChangeGate {
  let world: World
  let run: Run
  /// The step that asks.
  var step: Step = .commit

  /// nil when the change may be committed.
  func inspect(_ tree: ObjectID) throws -> Failure? {
    try secret(in: tree) ?? scope(of: try changes(to: tree))
  }

  private func changes(to tree: ObjectID) throws -> [FileChange] {
    try world.repository.difference(from: try world.repository.tree(of: run.base), to: tree)
  }

  /// nil when no changed file holds a declared secret, in its name or its content.
  func secret(in tree: ObjectID) throws -> Failure? {
    for change in try changes(to: tree) where change.kind != .deleted {
      if let name = world.vault.set.findings(in: Array(change.path.utf8)).first?.name {
        return refusal(.secret, "a file's name holds the value of \"\(name)\"; rename it")
      }
      let content = try world.repository.content(of: change.path, at: tree) ?? []
      guard let finding = world.vault.set.findings(in: content).first else { continue }
      let place = Position(of: finding.range.lowerBound, in: content)
      return refusal(
        .secret, "\"\(change.path)\":\(place.line):\(place.column) holds the value of \"\(finding.name)\"; take it out")
    }
    return nil
  }

  private func scope(of changes: [FileChange]) -> Failure? {
    guard let scope = world.configuration.scope else { return nil }
    let globs = scope.paths.map { Glob($0) }
    let outside = changes.map(\.path).filter { path in !globs.isEmpty && !globs.contains { $0.matches(path) } }
    if !outside.isEmpty { return refusal(.scope, "\(list(outside)) may not change under \"scope.paths\"") }
    if let most = scope.maxFiles, changes.count > most {
      return refusal(.scope, "\(changes.count) files changed, and \"scope.max_files\" is \(most)")
    }
    let lines = changes.reduce(0) { $0 + $1.added + $1.removed }
    if let most = scope.maxLines, lines > most {
      return refusal(.scope, "\(lines) lines changed, and \"scope.max_lines\" is \(most)")
    }
    return nil
  }

  private func refusal(_ kind: Failure.Kind, _ message: String) -> Failure {
    Failure(step: step, kind: kind, message: message)
  }
}

/// Where a byte stands in a text: both numbers from 1, the column in bytes.
struct Position {
  let line: Int
  let column: Int

  init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    column = offset - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
  }
}
