import DeliveryLoop
import LiveChecks
import Redaction

/// Makes known which secrets a validation has come upon, before anything of it is kept and before its next request is sent; what was
/// kept of them before is masked.
struct Disclosure {
  let world: World
  let journal: Journal
  let log: ServiceLog
  /// Of the file of checks.
  let path: String

  /// Each of them slows every stream down, and a service that hands out more is asked for less.
  private static let most = 256

  /// Has everything masked from now on that captures mark with `redact` and that exchanges hand out; nil when it can be.
  func register(_ session: CheckSession) throws -> Failure? {
    let issued = session.issuedSecrets
    if issued.isEmpty, session.capturedSecrets.isEmpty { return nil }
    guard issued.count <= Self.most else {
      return red("hands \(issued.count) secrets out, and no more than \(Self.most) can be masked; ask for fewer")
    }
    var secrets: [Secret] = []
    for (name, value) in session.capturedSecrets {
      do {
        secrets.append(try Secret(name: name, value: value))
      } catch .tooShort(_, let minimum) {
        return red(
          "captures \"\(name)\" as a secret, which is shorter than \(minimum) bytes and cannot be masked; "
            + "take \"redact\" off it, or capture a longer one")
      } catch {
        // There is nothing to mask.
      }
    }
    if let clash = OpeningClash.find(in: journal.run.opening, of: SecretSet(secrets)) {
      return red("captures a secret that cannot be masked: \(clash.wording)")
    }
    for found in issued {
      guard found.value.utf8.count <= SecretVault.largest else {
        return red("hands out \"\(name(of: found))\" of more than \(SecretVault.largest) bytes, which cannot be masked")
      }
      // What the history has to keep as it is was no secret before.
      if let secret = try? Secret(name: name(of: found), value: found.value),
        OpeningClash.find(in: journal.run.opening, of: SecretSet([secret])) == nil
      {
        secrets.append(secret)
      }
    }
    let new = world.vault.register(secrets)
    guard !new.isEmpty else { return nil }
    try log.flush()
    try AtRest(world: world).cover(new, journal)
    return nil
  }

  /// Who answers chooses the names of fields: one may hold another secret.
  private func name(of found: IssuedSecret) -> String { world.vault.set.redact(found.name).text }

  private func red(_ message: String) -> Failure {
    Failure(step: .validate, kind: .red, message: "\"\(path)\" \(message)")
  }
}
