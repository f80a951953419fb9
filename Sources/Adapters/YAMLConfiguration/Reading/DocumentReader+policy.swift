import DeliveryLoop
import LiveChecks
import Transparency
import Yams

extension DocumentReader {
  /// `risk: [{ when: { method, path, environment, body }, class }]`
  mutating func risk(_ top: Section, environments: [LiveEnvironment]) -> [RiskRule] {
    guard let node = top["risk"] else { return [] }
    guard case .sequence(let elements) = node else {
      complain(node, .wrongKind(key: "risk", expected: "a list of rules", found: node.kind))
      return []
    }
    return elements.enumerated().compactMap { index, element in rule(element, "risk[\(index + 1)]", environments) }
  }

  private mutating func rule(_ node: Node, _ path: String, _ environments: [LiveEnvironment]) -> RiskRule? {
    guard let section = section(node, path: path, keys: ["when", "class"]) else { return nil }
    let known = RiskClass.allCases.map(\.rawValue)
    guard let choice = section["class"] else {
      let advice = "write one of \(known.joined(separator: ", "))"
      complain(section.mark, .missingKey("class", in: section.title, advice: advice))
      return nil
    }
    guard let word = text(choice, section.name("class")) else { return nil }
    guard let risk = RiskClass(rawValue: word) else {
      complain(choice, .unknownChoice(key: section.name("class"), text: word, known: known))
      return nil
    }
    guard section["when"] != nil else { return RiskRule(risk: risk) }
    guard let when = self.section(section, "when", keys: ["method", "path", "environment", "body"]) else { return nil }
    return RiskRule(
      method: method(when), path: self.path(when), environment: environment(when, environments), body: body(when),
      risk: risk)
  }

  private mutating func method(_ when: Section) -> String? {
    guard let node = when["method"], let method = text(node, when.name("method")) else { return nil }
    if method.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) { return method }
    complain(node, .badMethod(key: when.name("method"), text: method))
    return nil
  }

  private mutating func path(_ when: Section) -> Glob? {
    guard let node = when["path"], let path = text(node, when.name("path")) else { return nil }
    if path.hasPrefix("/") || path.hasPrefix("**") { return Glob(path) }
    complain(node, .badPath(key: when.name("path"), text: path))
    return nil
  }

  private mutating func environment(_ when: Section, _ environments: [LiveEnvironment]) -> String? {
    guard let node = when["environment"], let name = text(node, when.name("environment")) else { return nil }
    let known = environments.map(\.name) + [LiveEnvironment.service, LiveEnvironment.elsewhere]
    if !known.contains(name) {
      complain(node, .unknownChoice(key: when.name("environment"), text: name, known: known))
    }
    return name
  }

  private mutating func body(_ when: Section) -> [RiskRule.Field] {
    guard let node = when["body"] else { return [] }
    guard case .mapping(let mapping) = node else {
      complain(node, .wrongKind(key: when.name("body"), expected: "a mapping of members", found: node.kind))
      return []
    }
    let section = Section(mapping, path: when.name("body"))
    return section.entries.compactMap { entry in
      text(entry.value, section.name(entry.key)).map { RiskRule.Field(name: entry.key, value: $0) }
    }
  }

  /// `replay: { ignore: { headers, paths } }`
  mutating func ignored(_ top: Section) -> Configuration.Ignored {
    guard let replay = section(top, "replay", keys: ["ignore"]),
      let ignore = section(replay, "ignore", keys: ["headers", "paths"])
    else { return Configuration.Ignored() }
    let headers = ignore["headers"].map { texts($0, ignore.name("headers")).map(\.text) } ?? []
    let paths = ignore["paths"].map { texts($0, ignore.name("paths")) } ?? []
    for (path, node) in paths {
      guard let reason = RecordComparison.Ignored.fault(in: path) else { continue }
      complain(node, .badJSONPath(key: ignore.name("paths"), text: path, reason: reason))
    }
    return Configuration.Ignored(headers: headers, paths: paths.map(\.text))
  }

  /// `anchor: { keys }`
  mutating func anchorKeys(_ top: Section) -> [NoteKey] {
    guard let section = section(top, "anchor", keys: ["keys"]) else { return [] }
    guard let node = section["keys"], node.sequence?.isEmpty != true else {
      let advice = "list the public keys whose signatures count, as \"waybill keys show\" prints them"
      complain(section.mark, .missingKey("keys", in: section.title, advice: advice))
      return []
    }
    return texts(node, section.name("keys")).compactMap { text, node in
      guard let key = NoteKey(text) else {
        complain(node, .badPublicKey(text))
        return nil
      }
      return key
    }
  }

  /// `retention: { keep, abandoned, runs }`
  mutating func retention(_ top: Section) -> Retention? {
    guard let section = section(top, "retention", keys: ["keep", "abandoned", "runs"]) else { return nil }
    guard let keep = duration(section, "keep") else {
      if section["keep"] == nil {
        complain(section.mark, .missingKey("keep", in: section.title, advice: "write how long, such as 90d"))
      }
      return nil
    }
    return Retention(
      keep: keep, abandoned: duration(section, "abandoned"), runs: count(section, "runs", within: 0...1_000_000) ?? 0)
  }

  /// `environments: { NAME: { urls, ca, secrets } }`
  mutating func environments(_ top: Section, secrets: [SecretDeclaration]) -> [LiveEnvironment] {
    guard let node = top["environments"] else { return [] }
    guard case .mapping(let mapping) = node else {
      complain(node, .wrongKind(key: "environments", expected: "a mapping of names", found: node.kind))
      return []
    }
    var found: [LiveEnvironment] = []
    for entry in Section(mapping, path: "environments").entries {
      guard let environment = environment(entry, secrets: secrets.map(\.name)) else { continue }
      for origin in environment.origins {
        if let other = found.first(where: { $0.origins.contains(origin) }) {
          complain(entry.mark, .sharedOrigin(origin, environment.name, other.name))
        }
      }
      found.append(environment)
    }
    return found
  }

  private mutating func environment(_ entry: Section.Entry, secrets: [String]) -> LiveEnvironment? {
    let name = entry.key
    let isName =
      name.utf8.first.map { (0x61...0x7a).contains($0) } == true
      && name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x5f }
    if !isName || [LiveEnvironment.service, LiveEnvironment.elsewhere].contains(name) {
      complain(entry.mark, .badEnvironment(name))
    }
    guard let section = section(entry.value, path: "environments.\(name)", keys: ["urls", "ca", "secrets"]) else {
      return nil
    }
    guard let urls = section["urls"] else {
      let advice = "write the addresses that belong to it, such as https://pve.example:8006"
      complain(section.mark, .missingKey("urls", in: section.title, advice: advice))
      return nil
    }
    var origins: [String] = []
    for (url, node) in texts(urls, section.name("urls")) {
      if let origin = Self.origin(url) { origins.append(origin) } else { complain(node, .badOrigin(url)) }
    }
    let names = section["secrets"].map { texts($0, section.name("secrets")) } ?? []
    for (secret, node) in names where !secrets.contains(secret) {
      complain(node, .unknownSecret(secret, key: section.name("secrets"), known: secrets))
    }
    return LiveEnvironment(
      name: name, origins: origins, caFile: text(section, "ca"), secrets: names.map(\.text))
  }

  /// Scheme, host and port, in lower case, without the port that the scheme has anyway; nil for all that has more.
  private static func origin(_ url: String) -> String? {
    let lower = url.lowercased()
    guard let scheme = ["https", "http"].first(where: { lower.hasPrefix("\($0)://") }) else { return nil }
    var authority = lower.dropFirst(scheme.count + 3)
    if authority.hasSuffix("/") { authority = authority.dropLast() }
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789.-:[]_")
    guard !authority.isEmpty, authority.allSatisfy(allowed.contains) else { return nil }
    let ownPort = scheme == "https" ? ":443" : ":80"
    return "\(scheme)://" + (authority.hasSuffix(ownPort) ? authority.dropLast(ownPort.count) : authority)
  }

  /// `approvals: { by, high, others }` and `waivers: { high }`
  mutating func approvals(_ top: Section) -> Approvals {
    let usual = Approvals()
    let waivers = section(top, "waivers", keys: ["high"])
    let waivesHigh = waivers.map { allows($0, "high", byDefault: false) } ?? false
    guard let section = section(top, "approvals", keys: ["by", "high", "others"]) else {
      return Approvals(waivesHigh: waivesHigh)
    }
    return Approvals(
      by: section["by"].map { texts($0, section.name("by")).map(\.text) } ?? [],
      highLasts: duration(section, "high") ?? usual.highLasts,
      othersLast: duration(section, "others") ?? usual.othersLast, waivesHigh: waivesHigh)
  }
}
