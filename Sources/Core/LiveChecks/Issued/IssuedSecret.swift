import JSONText
import SecretRules

/// A value that an exchange hands out or proves itself with, and that must not be kept: a token, a ticket, the cookie of a
/// session, the signature of an address.
package struct IssuedSecret: Hashable, Sendable {
  /// Where it stands, such as `response.access_token` or `set-cookie.PVEAuthCookie`.
  package let name: String
  package let value: String
}

extension Exchange {
  /// What its request and its response hold of that kind, each value once.
  ///
  /// It is found by the names under which values stand, and by the formats that values have; what is too short or too
  /// ordinary to be masked is left out.
  package var issuedSecrets: [IssuedSecret] {
    var found = IssuedValues()
    found.read(request)
    if let response { found.read(response) }
    return found.secrets
  }
}

/// Collects values by the names under which they stand.
struct IssuedValues {
  private(set) var secrets: [IssuedSecret] = []
  private var seen: Set<String> = []
  /// Of names that have come up; the same come again and again.
  private var verdicts: [String: Bool] = [:]

  mutating func isSecret(_ name: String) -> Bool {
    if let known = verdicts[name] { return known }
    let isSecret = SecretName.isSecret(name)
    verdicts[name] = isSecret
    return isSecret
  }

  /// Takes a value that stands under a name which says that it is secret.
  mutating func add(_ value: some StringProtocol, from source: String, under name: String) {
    let value = String(value).trimmed
    guard !OrdinaryValue.isOrdinary(value, under: name), seen.insert(value).inserted else { return }
    secrets.append(IssuedSecret(name: "\(source).\(name.prefix(64))", value: value))
    // Whoever reads it writes it without its escapes.
    if value.contains("%"), let plain = Percent.decode(value), plain != value {
      add(plain, from: source, under: name)
    }
  }
  /// Takes what has the format of a secret, under whatever name it stands.
  mutating func addFormats(in bytes: [UInt8], from source: String) {
    for finding in RuleSet.forLogs.findings(in: bytes) {
      let text = String(decoding: bytes[finding.range], as: UTF8.self)
      // A key in a document: whoever reads it writes it without its escapes.
      let value = text.contains("\\") ? (try? JSON.parse("\"\(text)\""))?.string ?? text : text
      if value.utf8.count >= OrdinaryValue.shortest, seen.insert(value).inserted {
        secrets.append(IssuedSecret(name: "\(source).\(finding.rule)", value: value))
      }
    }
  }
}
