package import DeliveryLoop
package import Redaction
import Synchronization

/// All secrets that are known by now, and what masks them: every sink asks it anew for each thing that it keeps or shows.
package final class SecretVault: Sendable {
  private struct Known {
    var set: SecretSet
    var values: Set<[UInt8]>
  }

  private let declared: [(declaration: SecretDeclaration, secret: Secret)]
  private let known: Mutex<Known>

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
    declared = secrets
    known = Mutex(Known(set: SecretSet(secrets.map(\.1)), values: Set(values.values)))
  }

  /// What masks every value that is known now; a stream takes it over again before each write.
  package var set: SecretSet { known.withLock { $0.set } }

  /// What finds the declared secrets of these names.
  package func set(of names: [String]) -> SecretSet {
    SecretSet(declared.filter { names.contains($0.declaration.name) }.map(\.secret))
  }

  /// The names of declared secrets that are so short that they are masked as words of their own only.
  package var shortNames: [String] { declared.filter(\.secret.isShort).map(\.declaration.name) }

  /// The variables with which a child of this step is given its secrets.
  package func environment(for step: Step) -> [String: String] {
    var environment: [String: String] = [:]
    for (declaration, secret) in declared where declaration.steps.contains(step) {
      environment[declaration.name] = secret.reveal { String(decoding: $0, as: UTF8.self) }
    }
    return environment
  }

  /// Makes secrets known that came up during a run: once this returns, every sink masks them.
  ///
  /// Those that are known already, under whatever name, stay as they are; the others are returned. The vault does not outlive
  /// the program.
  @discardableResult
  package func register(_ secrets: [Secret]) -> [Secret] {
    known.withLock { known in
      let new = secrets.filter { secret in secret.reveal { known.values.insert($0).inserted } }
      if !new.isEmpty { known.set = known.set.adding(new) }
      return new
    }
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
