import DeliveryLoop
import TLSPolicy
import Yams

extension DocumentReader {
  mutating func environment(_ top: Section, secrets: [SecretDeclaration]) -> [String: String] {
    guard let node = top["environment"] else { return [:] }
    guard case .mapping(let mapping) = node else {
      complain(node, .wrongKind(key: "environment", expected: "a mapping", found: node.kind))
      return [:]
    }
    let section = Section(mapping, path: "environment")
    var environment: [String: String] = [:]
    for entry in section.entries {
      checkName(entry)
      if secrets.contains(where: { $0.name == entry.key }) { complain(entry.mark, .secretInEnvironment(entry.key)) }
      // A variable may be empty on purpose, when the quotes say so.
      if case .scalar(let scalar) = entry.value, scalar.string.isEmpty, !entry.value.isNothing {
        environment[entry.key] = ""
      } else {
        environment[entry.key] = text(entry.value, section.name(entry.key), advice: "write \"\" for an empty value")
      }
      if let value = environment[entry.key], let idiom = Idiom.first(inVariable: entry.key, value: value) {
        complain(entry.mark, .uncheckedCertificates(idiom, key: section.name(entry.key)))
      }
    }
    return environment
  }

  mutating func secrets(_ top: Section) -> [SecretDeclaration] {
    guard let node = top["secrets"] else { return [] }
    guard case .mapping(let mapping) = node else {
      complain(node, .wrongKind(key: "secrets", expected: "a mapping of names", found: node.kind))
      return []
    }
    return Section(mapping, path: "secrets").entries.compactMap { entry in
      checkName(entry)
      return secret(entry)
    }
  }

  /// `NAME: env`, or `NAME: { from: …, for: […] }`.
  private mutating func secret(_ entry: Section.Entry) -> SecretDeclaration? {
    let path = "secrets.\(entry.key)"
    let usual: Set<Step> = [.start, .validate]
    guard case .mapping = entry.value else {
      return source(entry.value, path).map { SecretDeclaration(name: entry.key, source: $0, steps: usual) }
    }
    guard let section = section(entry.value, path: path, keys: ["from", "for"]) else { return nil }
    let steps = section["for"].map { self.steps($0, section.name("for")) }
    guard let node = section["from"] else {
      complain(
        section.mark,
        .missingKey("from", in: section.title, advice: "write env, { file: PATH } or { command: [PROGRAM, …] }"))
      return nil
    }
    return source(node, section.name("from")).map {
      SecretDeclaration(name: entry.key, source: $0, steps: steps ?? usual)
    }
  }

  private mutating func source(_ node: Node, _ path: String) -> SecretDeclaration.Source? {
    let known = ["env", "file", "command"]
    guard case .mapping = node else {
      guard let word = text(node, path) else { return nil }
      if word == "env" { return .environment }
      complain(
        node, .unknownChoice(key: path, text: word, known: ["env", "{ file: PATH }", "{ command: [PROGRAM, …] }"]))
      return nil
    }
    guard let section = section(node, path: path, keys: Array(known.dropFirst())) else { return nil }
    if section.entries.count > 1 {
      complain(section.entries[1].mark, .duplicateSource(path))
      return nil
    }
    if section["file"] != nil { return text(section, "file").map { .file($0) } }
    if section["command"] != nil { return command(section, "command").map { .command($0) } }
    if section.entries.isEmpty {
      complain(section.mark, .missingKey("file", in: section.title, advice: "write { file: PATH } or { command: […] }"))
    }
    return nil
  }

  private mutating func steps(_ node: Node, _ path: String) -> Set<Step> {
    let known = Step.allCases.map(\.rawValue)
    var steps: Set<Step> = []
    for (word, node) in texts(node, path) {
      if let step = Step(rawValue: word) {
        steps.insert(step)
      } else {
        complain(node, .unknownChoice(key: path, text: word, known: known))
      }
    }
    return steps
  }

  private mutating func checkName(_ entry: Section.Entry) {
    let isName =
      entry.key.utf8.first.map { !(0x30...0x39).contains($0) } == true
      && entry.key.utf8.allSatisfy { byte in
        byte == 0x5f || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      }
    if !isName {
      complain(entry.mark, .badName(entry.key))
    } else if entry.key.hasPrefix("WAYBILL_") {
      complain(entry.mark, .reservedName(entry.key))
    }
  }
}
