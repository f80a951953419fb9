package import DeliveryLoop
import Redaction

/// Fetches the values of declared secrets from where they are said to be.
package struct SecretSources {
  private let commands: any Commands
  private let environment: [String: String]
  private let root: String
  private let contents: (String) -> [UInt8]?

  /// `contents` reads a file by the path that the declaration gives; `environment` is the program's own, and `root` is
  /// where commands run.
  package init(
    commands: any Commands, environment: [String: String], root: String, contents: @escaping (String) -> [UInt8]?
  ) {
    self.commands = commands
    self.environment = environment
    self.root = root
    self.contents = contents
  }

  package func vault(for declarations: [SecretDeclaration]) async throws -> SecretVault {
    var values: [String: [UInt8]] = [:]
    for declaration in declarations {
      values[declaration.name] = try await value(of: declaration, besides: Array(values.values))
    }
    return try SecretVault(declarations, values: values)
  }

  private func value(of declaration: SecretDeclaration, besides others: [[UInt8]]) async throws -> [UInt8]? {
    switch declaration.source {
    case .environment:
      guard let value = environment[declaration.name] else { return nil }
      // Bytes that are no text were lost on their way here, so that the value itself would not be masked.
      if value.unicodeScalars.contains("\u{fffd}") { throw SecretProblem.notText(name: declaration.name) }
      return Array(value.utf8)
    case .file(let path):
      guard let bytes = contents(path) else {
        throw SecretProblem.unreadable(name: declaration.name, message: "there is no readable file \"\(path)\"")
      }
      return Self.withoutLineBreak(bytes)
    case .command(let line): return try await output(of: line, for: declaration.name, besides: others)
    }
  }

  /// What a command prints on standard output; what it says on standard error explains its failure, and is lost otherwise.
  private func output(of line: CommandLine, for name: String, besides others: [[UInt8]]) async throws -> [UInt8] {
    // A line break more than a secret may have.
    let output = CollectedOutput(limit: SecretVault.largest + 2)
    let words = CollectedOutput(limit: 1 << 16)
    let result = try await commands.run(
      Command(line, in: root, environment: environment, timeout: .seconds(30), errors: words), output: output)
    guard result.succeeded else {
      var message = "\"\(line)\" \(result.end.wording)"
      if let said = Self.shown(words.bytes, hiding: [output.bytes] + others) { message += ": \(said)" }
      throw SecretProblem.unreadable(name: name, message: message)
    }
    if output.isCut { throw SecretProblem.tooLarge(name: name, limit: SecretVault.largest) }
    return Self.withoutLineBreak(output.bytes)
  }

  /// The last lines that a command said, in one; nil where it said nothing or said what cannot be masked.
  ///
  /// Beside secrets that are known already, whatever it printed, and every line of that, counts as one.
  private static func shown(_ words: [UInt8], hiding values: [[UInt8]]) -> String? {
    let parts = values.flatMap { value in [value] + value.split(separator: UInt8(ascii: "\n")).map(Array.init) }
    var secrets: [Secret] = []
    for part in parts where !part.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
      guard let secret = try? Secret(name: "secret", bytes: part) else { return nil }
      secrets.append(secret)
    }
    let lines = SecretSet(secrets).redact(words).text.text.split(whereSeparator: \.isNewline).suffix(3)
    let said = lines.joined(separator: "; ").unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }
    return said.isEmpty ? nil : String(String.UnicodeScalarView(said))
  }

  private static func withoutLineBreak(_ bytes: [UInt8]) -> [UInt8] {
    bytes.last == UInt8(ascii: "\n") ? bytes.dropLast(bytes.dropLast().last == UInt8(ascii: "\r") ? 2 : 1) : bytes
  }
}
