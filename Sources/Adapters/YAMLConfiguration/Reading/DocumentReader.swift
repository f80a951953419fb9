import DeliveryLoop
import Yams

/// Walks through the document once and collects what is wrong on the way, so that one reading reports everything.
struct DocumentReader {
  let root: Node
  private(set) var problems: [ConfigurationError.Problem] = []

  init(root: Node) { self.root = root }

  /// What the document says as far as it can be told; nil when nothing can.
  mutating func configuration() -> Configuration? {
    guard let top = section(root, path: "", keys: Self.keys) else { return nil }
    refuseWhatIsNotBuilt(top)
    let backlog = self.backlog(top)
    let secrets = self.secrets(top)
    let environment = self.environment(top, secrets: secrets)
    let implement = self.implementer(top)
    let format = commands(top, "format")
    let test = commands(top, "test")
    let service = self.service(top)
    let environments = self.environments(top, secrets: secrets)
    let risk = self.risk(top, environments: environments)
    let approvals = self.approvals(top)
    let scope = self.scope(top)
    let push = self.push(top)
    let message = template(top, "commit", "message", names: TemplateNames.task)
    let (validate, quorum) = validations(top)
    let reason = template(top, "close", "reason", names: TemplateNames.task)
    var configuration = Configuration(
      backlog: backlog, workspace: workspace(top), environment: environment, secrets: secrets, implement: implement,
      format: format, test: test,
      service: service, validate: validate, quorum: quorum, risk: risk, environments: environments,
      approvals: approvals, ignored: ignored(top), scope: scope, refusesUnscanned: refusesUnscanned(top),
      push: push)
    if let message { configuration.commitMessage = message }
    configuration.anchorKeys = anchorKeys(top)
    configuration.retention = retention(top)
    if let reason { configuration.closeReason = reason }
    return configuration
  }

  mutating func complain(_ node: Node, _ mistake: Mistake) { complain(node.start, mistake) }

  mutating func complain(_ mark: Position, _ mistake: Mistake) {
    problems.append(.init(line: mark.line, column: mark.column, mistake))
  }

  /// The mapping at `node`, its unknown keys reported.
  mutating func section(_ node: Node, path: String, keys: [String]) -> Section? {
    guard case .mapping(let mapping) = node else {
      complain(
        node, .wrongKind(key: path.isEmpty ? "the configuration" : path, expected: "a mapping", found: node.kind))
      return nil
    }
    let section = Section(mapping, path: path)
    for entry in section.entries where !keys.contains(entry.key) && !(path.isEmpty && Self.planned.contains(entry.key))
    {
      complain(entry.mark, .unknownKey(entry.key, in: section.title, known: keys))
    }
    return section
  }

  /// The mapping under a key that may be absent.
  mutating func section(_ parent: Section, _ key: String, keys: [String]) -> Section? {
    guard let node = parent[key] else { return nil }
    return section(node, path: parent.name(key), keys: keys)
  }

  private static let keys = [
    "backlog", "workspace", "environment", "secrets", "environments", "risk", "approvals", "waivers", "replay",
    "implement",
    "scope", "gate", "format", "test", "service", "validate", "commit", "push", "close", "anchor", "retention",
  ]
  /// Keys of the plan that this version would not act on: to skip them silently would pretend a protection.
  private static let planned = ["budgets", "budget"]

  private mutating func refuseWhatIsNotBuilt(_ top: Section) {
    for entry in top.entries where Self.planned.contains(entry.key) {
      complain(entry.mark, .notSupportedYet(entry.key, advice: "write it as \"implement.budget\""))
    }
  }

  private mutating func workspace(_ top: Section) -> Configuration.Workspace {
    guard let node = top["workspace"], let word = text(node, "workspace") else { return .here }
    if let workspace = Configuration.Workspace(rawValue: word) { return workspace }
    let known = Configuration.Workspace.allCases.map(\.rawValue)
    complain(node, .unknownChoice(key: "workspace", text: word, known: known))
    return .here
  }
}
