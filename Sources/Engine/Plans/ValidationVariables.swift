import DeliveryLoop
import LiveChecks

extension World {
  /// What validations may name: the environment declared for them, their secrets, the run, on which commit which tree
  /// stands, where the service is, and where each declared environment is.
  func variables(of run: Run) -> [String: CheckValue] {
    var variables: [String: CheckValue] = [:]
    for (name, value) in configuration.environment { variables[name] = .string(value) }
    for (name, value) in vault.environment(for: .validate) { variables[name] = .string(value) }
    for environment in configuration.environments {
      let name = String(environment.name.map { $0 == "-" ? "_" : $0 })
      if let origin = environment.origins.first { variables["\(name)_url"] = .string(origin) }
    }
    variables["run"] = .string(run.id.text)
    variables["task"] = .string(run.opening.task.text)
    variables["commit"] = .string((run.opening.replay?.commit ?? run.base).text)
    if let tree = run.testedTree { variables["tree"] = .string(tree.text) }
    if let ready = configuration.service?.ready { variables["base_url"] = .string(ready.origin) }
    return variables
  }

  /// The names of those variables that are secrets.
  var secretVariables: Set<String> { Set(vault.environment(for: .validate).keys) }
}

extension Configuration.Readiness {
  /// Scheme, host and port of the address, without a path.
  var origin: String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let end = url[scheme.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex
    return String(url[..<end])
  }
}
