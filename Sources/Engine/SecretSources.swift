package import DeliveryLoop
import Synchronization

/// Fetches the values of declared secrets from where they are said to be.
package struct SecretSources {
  private let commands: any Commands
  private let environment: [String: String]
  private let root: String
  private let contents: (String) -> [UInt8]?

  /// `contents` reads a file by its absolute path; `environment` is the program's own.
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
    for declaration in declarations { values[declaration.name] = try await value(of: declaration) }
    return try SecretVault(declarations, values: values)
  }

  private func value(of declaration: SecretDeclaration) async throws -> [UInt8]? {
    switch declaration.source {
    case .environment: return environment[declaration.name].map { Array($0.utf8) }
    case .file(let path):
      guard let bytes = contents(path.hasPrefix("/") ? path : "\(root)/\(path)") else {
        throw SecretProblem.unreadable(name: declaration.name, message: "there is no readable file \"\(path)\"")
      }
      return Self.withoutLineBreak(bytes)
    case .command(let line):
      let output = Collected()
      // What it prints on standard error would become part of the value, so a failing command gives none.
      let result = try await commands.run(
        Command(line, in: root, environment: environment, timeout: .seconds(30)), output: output)
      guard result.succeeded else {
        throw SecretProblem.unreadable(name: declaration.name, message: "\"\(line)\" \(result.end.wording)")
      }
      return Self.withoutLineBreak(output.bytes)
    }
  }

  private static func withoutLineBreak(_ bytes: [UInt8]) -> [UInt8] {
    bytes.last == UInt8(ascii: "\n") ? bytes.dropLast(bytes.dropLast().last == UInt8(ascii: "\r") ? 2 : 1) : bytes
  }
}

/// Keeps up to a megabyte of output in memory; for secrets alone, which go nowhere else.
private final class Collected: OutputSink {
  private let buffer = Mutex<[UInt8]>([])

  func write(_ bytes: UnsafeRawBufferPointer) {
    buffer.withLock { if $0.count < 1 << 20 { unsafe $0.append(contentsOf: bytes) } }
  }

  var bytes: [UInt8] { buffer.withLock { $0 } }
}
