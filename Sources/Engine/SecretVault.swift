package import DeliveryLoop
package import Redaction

/// The declared secrets with their values, and the redactor that knows them all.
package struct SecretVault: Sendable {
  /// What masks every value, for all that is kept or shown.
  package let set: SecretSet
  private let secrets: [(declaration: SecretDeclaration, secret: Secret)]

  /// `values` has the value of each declared secret, by name.
  package init(_ declarations: [SecretDeclaration], values: [String: [UInt8]]) throws(SecretProblem) {
    var secrets: [(SecretDeclaration, Secret)] = []
    for declaration in declarations {
      guard let value = values[declaration.name] else {
        throw .unset(name: declaration.name, source: declaration.source)
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
  /// The source exists and did not give the value, with the reason.
  case unreadable(name: String, message: String)
}
