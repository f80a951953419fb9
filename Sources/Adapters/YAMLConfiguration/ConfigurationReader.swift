package import DeliveryLoop
import Yams

/// Turns the bytes of `waybill.yaml` into a configuration, or into everything that is wrong with it.
package enum ConfigurationReader {
  static let sizeLimit = 1 << 20

  /// Reads `bytes`; `path` names the file in messages.
  ///
  /// Throws a list of all problems that were found; a syntax error hides what comes after it.
  package static func read(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> Configuration {
    let root: Node
    do {
      root = try document(bytes)
    } catch {
      throw ConfigurationError(path: path, problems: [error.problem])
    }
    var reader = DocumentReader(root: root)
    let configuration = reader.configuration()
    if let configuration, reader.problems.isEmpty { return configuration }
    let problems = reader.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    throw ConfigurationError(path: path, problems: problems)
  }

  private static func document(_ bytes: [UInt8]) throws(Unreadable) -> Node {
    guard bytes.count <= sizeLimit else { throw Unreadable(1, 1, .tooLarge(limit: sizeLimit)) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Unreadable(notUTF8: bytes) }
    do {
      return try compose(yaml: text, .default, .default, .utf8) ?? Node([] as [(Node, Node)])
    } catch let error as YamlError {
      throw Unreadable(error, in: text)
    } catch {
      throw Unreadable(1, 1, .syntax("\(error)"))
    }
  }
}
