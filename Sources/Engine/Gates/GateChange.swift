import DeliveryLoop
import Redaction
import SecretScanning

/// What a change makes of its own gates: of the configuration, the allow-list and the validations that the base has.
///
/// They judge as the base has them (promise I9); that later runs are judged by others, somebody has to approve.
struct GateChange {
  let world: World
  let run: Run

  /// For what the run has to wait; nil while nothing of it changes, or somebody has approved exactly this.
  func wait(for tree: ObjectID) throws -> Wait? {
    let base = try world.repository.tree(of: run.base)
    let gates = try gates(at: base)
    let paths = try world.repository.difference(from: base, to: tree).map(\.path).filter(gates.contains)
    guard !paths.isEmpty else { return nil }
    let files = try paths.map { FileContent(path: $0, bytes: try world.repository.content(of: $0, at: tree)) }
    let shown = try world.repository.tree(base, replacing: files)
    if run.agreedGates == shown { return nil }
    try world.keep(
      try world.repository.patch(from: base, to: shown), as: .diff, named: "gates", at: .format, of: run)
    world.progress.show(.note(world.vault.set.redact("the change touches \(list(paths)), which judge it")))
    return .gateChange(shown)
  }

  private func gates(at base: ObjectID) throws -> Set<String> {
    let values = TemplateValues.of(task: try world.backlog.show(run.opening.task), run: run.id)
    let paths = try world.repository.paths(in: base)
    let validations = world.configuration.validate.flatMap {
      ValidationFiles.matches(of: Template($0).filled(with: values), in: paths)
    }
    let setups = paths.filter { $0.split(separator: "/").last == ValidationFiles.setup[...] }
    let authorities = world.configuration.environments.compactMap(\.caFile)
    return Set(validations + setups + authorities + [Configuration.path, AllowList.path])
  }
}
