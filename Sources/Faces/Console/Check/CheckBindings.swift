import FileSystem
import LiveChecks
import Redaction

/// The variables and secrets of a check, from the command line, files and the environment.
struct CheckBindings {
  let variables: [String: CheckValue]
  let secretNames: Set<String>
  let secretSet: SecretSet

  /// What the command line says is stronger than files, and these are than the environment.
  init(_ options: CheckRunOptions, environment: [String: String]) throws {
    var (variables, secrets) = ([String: CheckValue](), [String: String]())
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      if let name = Self.dropping("HURL_SECRET_", from: name) {
        secrets[name] = value
      } else if let name = Self.dropping("HURL_VARIABLE_", from: name) ?? Self.dropping("HURL_", from: name) {
        variables[name] = CheckValue(guessing: value)
      }
    }
    for path in options.variablesFiles {
      for (name, value) in try Self.pairs(in: path) { variables[name] = CheckValue(guessing: value) }
    }
    for text in options.variables {
      let (name, value) = try Self.pair(text, of: "variable")
      variables[name] = CheckValue(guessing: value)
    }
    for path in options.secretsFiles { for (name, value) in try Self.pairs(in: path) { secrets[name] = value } }
    for text in options.secrets {
      let (name, value) = try Self.pair(text, of: "secret")
      secrets[name] = value
    }
    let known = Set(variables.keys)
    if let name = secrets.keys.filter(known.contains).min() { throw CheckMistake.clash(name) }
    secretNames = Set(secrets.keys)
    secretSet = SecretSet(try secrets.sorted { $0.key < $1.key }.map { try Self.secret($0, $1) })
    self.variables = variables.merging(secrets.mapValues { .string($0) }) { $1 }
  }

  /// What captures have marked as secret; what is too short to be masked in whatever form is masked by its text alone.
  func secretsCaptured(in report: CheckReport) -> [Secret] {
    report.secrets.filter { !secretNames.contains($0.key) }.compactMap { try? Secret(name: $0.key, value: $0.value) }
  }

  private static func secret(_ name: String, _ value: String) throws -> Secret {
    do {
      return try Secret(name: name, value: value)
    } catch {
      switch error {
      case .empty: throw CheckMistake.secret(name, "is empty")
      case .blank: throw CheckMistake.secret(name, "consists of blanks")
      case .tooShort(_, let minimum):
        throw CheckMistake.secret(name, "is shorter than \(minimum) bytes and cannot be masked")
      }
    }
  }

  private static func dropping(_ prefix: String, from name: String) -> String? {
    name.hasPrefix(prefix) && name.count > prefix.count ? String(name.dropFirst(prefix.count)) : nil
  }

  static func pair(_ text: String, of option: String) throws -> (String, String) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      // The text may be a secret's value: only what stands before a sign is ever shown.
      throw CheckMistake.pair(option, option == "secret" ? "…" : text)
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// `name=value` lines; blank ones and comments say nothing.
  private static func pairs(in path: String) throws -> [(String, String)] {
    guard let bytes = FileReader.contents(path) else { throw CheckMistake.missing(path) }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return try lines.enumerated().compactMap { number, line in
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.isEmpty || text.first == "#" { return nil }
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        throw CheckMistake.option("variables-file", "\(path):\(number + 1):1 is not written name=value")
      }
      return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
  }
}
