import Archives
import Engine
import FileSystem
import Hashing

extension Wiring {
  /// Looks for secrets in a repository's objects, or elsewhere.
  static func scanner(of objects: any Objects, _ environment: ProcessEnvironment) -> SecretScanner {
    let variables = environment.all
    return SecretScanner(
      objects: objects, archives: LibArchive(),
      fingerprinter: Fingerprinter(OpenSSLHashing()) { try fingerprintKey(variables) })
  }

  /// The key by which findings are named: one that is shared (docs/decisions/0005), or this user's own.
  private static func fingerprintKey(_ environment: [String: String]) throws -> [UInt8] {
    let name = "WAYBILL_FINGERPRINT_KEY"
    if let key = environment[name], !key.isEmpty {
      guard key.utf8.count >= KeyFile.shortest else {
        throw FingerprintKeyError(source: name, message: "is shorter than \(KeyFile.shortest) characters")
      }
      return Array(key.utf8)
    }
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = state ?? environment["HOME"].map({ "\($0)/.local/state" }) else {
      throw FingerprintKeyError(
        source: "HOME", message: "is not set, so the key of fingerprints has no place; set \(name)")
    }
    return try KeyFile(at: "\(folder)/waybill/fingerprint.key").key()
  }
}
