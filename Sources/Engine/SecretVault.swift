package import DeliveryLoop
package import Redaction

/// The declared secrets with their values, and the redactor that knows them all.
package struct SecretVault: Sendable {
  /// What masks every value, for all that is kept or shown.
  package let set: SecretSet
  private let secrets: [(declaration: SecretDeclaration, secret: Secret)]

  /// In bytes: half of what Linux lets one variable of an environment hold (execve(2), MAX_ARG_STRLEN).
  package static let largest = 65_536

  /// `values` has the value of each declared secret, by name.
  package init(_ declarations: [SecretDeclaration], values: [String: [UInt8]]) throws(SecretProblem) {
    var secrets: [(SecretDeclaration, Secret)] = []
    for declaration in declarations {
      guard let value = values[declaration.name] else {
        throw .unset(name: declaration.name, source: declaration.source)
      }
      if value.count > Self.largest { throw .tooLarge(name: declaration.name, limit: Self.largest) }
      guard !value.contains(0), String(validating: value, as: UTF8.self) != nil else {
        throw .notText(name: declaration.name)
      }
      do {
        secrets.append((declaration, try Secret(name: declaration.name, bytes: value)))
      } catch {
        throw .refused(error)
      }
    }
    self.secrets = secrets
    set = SecretSet(secrets.map(\.1))
  }

  /// The names of declared secrets that are so short that they are masked as words of their own only.
  package var shortNames: [String] { secrets.filter(\.secret.isShort).map(\.declaration.name) }

  /// The variables with which a child of this step is given its secrets.
  package func environment(for step: Step) -> [String: String] {
    var environment: [String: String] = [:]
    for (declaration, secret) in secrets where declaration.steps.contains(step) {
      environment[declaration.name] = secret.reveal { String(decoding: $0, as: UTF8.self) }
    }
    return environment
  }
}

/// Why a declared secret cannot be used; the value itself is never part of it.
package enum SecretProblem: Error, Hashable, Sendable {
  case unset(name: String, source: SecretDeclaration.Source)
  case refused(SecretRefusal)
  /// Not UTF-8, or with a NUL in it: no variable can hold it as it is.
  case notText(name: String)
  /// Larger than `limit` bytes.
  case tooLarge(name: String, limit: Int)
  /// The source exists and did not give the value, with the reason.
  case unreadable(name: String, message: String)
}
