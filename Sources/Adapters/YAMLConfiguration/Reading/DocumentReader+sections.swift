import DeliveryLoop
import Yams

extension DocumentReader {
  mutating func backlog(_ top: Section) -> Configuration.BacklogKind {
    let kinds = Configuration.BacklogKind.allCases.map(\.rawValue)
    guard let section = section(top, "backlog", keys: ["kind"]) else { return .beads }
    guard let node = section["kind"] else {
      complain(
        section.mark, .missingKey("kind", in: section.title, advice: "write one of \(kinds.joined(separator: ", "))"))
      return .beads
    }
    guard let word = text(node, "backlog.kind") else { return .beads }
    if let kind = Configuration.BacklogKind(rawValue: word) { return kind }
    if word == "github" {
      complain(node, .notSupportedYet("backlog: { kind: github }", advice: "use \(kinds.joined(separator: " or "))"))
    } else {
      complain(node, .unknownChoice(key: "backlog.kind", text: word, known: kinds))
    }
    return .beads
  }

  mutating func service(_ top: Section) -> Configuration.Service? {
    guard let section = section(top, "service", keys: ["build", "run", "ready"]) else { return nil }
    let build = command(section, "build")
    let run = command(section, "run")
    if section["run"] == nil {
      complain(section.mark, .missingKey("run", in: section.title, advice: "write the command that starts the service"))
    }
    let ready = readiness(section)
    guard let run, let ready else { return nil }
    return Configuration.Service(build: build, run: run, ready: ready)
  }

  private mutating func readiness(_ service: Section) -> Configuration.Readiness? {
    guard service["ready"] != nil else {
      let advice = "write { url: \"http://127.0.0.1:PORT/…\", within: 20s }"
      complain(service.mark, .missingKey("ready", in: service.title, advice: advice))
      return nil
    }
    guard let section = section(service, "ready", keys: ["url", "within"]) else { return nil }
    let within = duration(section, "within") ?? .seconds(20)
    guard let node = section["url"] else {
      complain(section.mark, .missingKey("url", in: section.title, advice: "write the URL that answers once it is up"))
      return nil
    }
    guard let url = text(node, "service.ready.url") else { return nil }
    do throws(ReadyURL.Fault) {
      return Configuration.Readiness(url: url, within: within, port: try ReadyURL(url).port)
    } catch {
      complain(node, .badReadyURL(error, url: url))
      return nil
    }
  }

  mutating func scope(_ top: Section) -> Configuration.Scope? {
    let keys = ["paths", "forbidden", "binary", "generated", "max_files", "max_lines"]
    guard let section = section(top, "scope", keys: keys) else { return nil }
    let paths = section["paths"].map { texts($0, "scope.paths").map(\.text) } ?? []
    let forbidden = section["forbidden"].map { texts($0, "scope.forbidden").map(\.text) } ?? []
    return Configuration.Scope(
      paths: paths, forbidden: forbidden, allowsBinary: allows(section, "binary", byDefault: true),
      allowsGenerated: allows(section, "generated", byDefault: true),
      maxFiles: count(section, "max_files", within: 1...1_000_000),
      maxLines: count(section, "max_lines", within: 1...1_000_000_000))
  }

  mutating func refusesUnscanned(_ top: Section) -> Bool {
    guard let section = section(top, "gate", keys: ["unscanned"]) else { return true }
    return !allows(section, "unscanned", byDefault: false)
  }

  mutating func allows(_ section: Section, _ key: String, byDefault: Bool) -> Bool {
    guard let node = section[key], let word = text(node, section.name(key)) else { return byDefault }
    let known = ["refuse", "allow"]
    if !known.contains(word) { complain(node, .unknownChoice(key: section.name(key), text: word, known: known)) }
    return word == "allow"
  }

  /// A list, or a section with the list under `files`.
  mutating func validations(_ top: Section) -> (files: [String], quorum: Quorum) {
    let advice = "name at least one validation, such as validations/smoke.hurl"
    guard let node = top["validate"] else {
      complain(top.mark, .missingKey("validate", in: top.title, advice: advice))
      return ([], .once)
    }
    guard case .mapping = node, let section = section(top, "validate", keys: ["files", "quorum"]) else {
      return (validations(node, "validate", advice), .once)
    }
    guard let files = section["files"] else {
      complain(section.mark, .missingKey("files", in: section.title, advice: advice))
      return ([], .once)
    }
    return (validations(files, "validate.files", advice), quorum(section))
  }

  private mutating func validations(_ node: Node, _ key: String, _ advice: String) -> [String] {
    if case .sequence(let elements) = node, elements.isEmpty { complain(node, .empty(key: key, advice: advice)) }
    let patterns = texts(node, key)
    for (pattern, node) in patterns {
      checkTemplate(pattern, node, key, names: TemplateNames.task)
      if pattern.hasPrefix("/") || pattern.split(separator: "/").contains("..") {
        complain(node, .outsideRepository(key: key, path: pattern))
      }
    }
    return patterns.map(\.text)
  }

  private mutating func quorum(_ section: Section) -> Quorum {
    guard let node = section["quorum"], let text = text(node, "validate.quorum") else { return .once }
    if let quorum = Quorum(text) { return quorum }
    complain(node, .notAQuorum(text))
    return .once
  }

  mutating func push(_ top: Section) -> Configuration.Push {
    guard let section = section(top, "push", keys: ["remote", "branch"]) else {
      return Configuration.Push(remote: "origin", branch: nil)
    }
    return Configuration.Push(remote: ref(section, "remote") ?? "origin", branch: ref(section, "branch"))
  }

  /// The one text of a section that holds nothing else.
  mutating func template(_ top: Section, _ name: String, _ key: String, names: [String]) -> String? {
    guard let section = section(top, name, keys: [key]), let node = section[key],
      let text = text(node, section.name(key))
    else { return nil }
    checkTemplate(text, node, section.name(key), names: names)
    return text
  }

  /// What git takes as a name (git-check-ref-format); a hyphen in front would be read as an option.
  private mutating func ref(_ section: Section, _ key: String) -> String? {
    guard let node = section[key], let text = text(node, section.name(key)) else { return nil }
    let forbidden = Set(" ~^:?*[\\\u{7f}".unicodeScalars)
    let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && !forbidden.contains($0) }
    guard isPlain, !["-", "/", "."].contains(where: text.hasPrefix),
      !["/", ".", ".lock"].contains(where: text.hasSuffix),
      !["..", "//", "@{", "/."].contains(where: text.contains)
    else {
      complain(node, .badRef(key: section.name(key), text: text))
      return nil
    }
    return text
  }
}
