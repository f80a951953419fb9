package import DeliveryLoop
import SecretRules
package import SecretScanning

extension SecretScanner {
  /// What was found and where, by what name it can be allowed; never the value.
  package func wording(of finding: ScanFinding) -> String {
    let place = finding.place.text(at: finding.position)
    switch finding.kind {
    case .declared(let name): return "\(place) holds the value of \"\(name)\""
    case .rule(let id):
      return "\(place) holds what looks like a secret: \(description(of: id)) (\(id), \(finding.fingerprint))"
    }
  }

  /// What a rule finds, as a noun phrase that begins with a capital.
  package func description(of rule: String) -> String { rules.rules.first { $0.id == rule }?.description ?? rule }
}

extension Unscanned {
  package var wording: String { "\(place.text()) was not scanned: \(reason.wording)" }
}

extension AllowListError: Explained {
  package var kind: Failure.Kind { .broken }
}
