package import DeliveryLoop
import LiveChecks

/// Which part of the world an address belongs to, and which secrets may go there.
package struct Boundaries: Sendable {
  /// Of the service that the run has started; nil where it starts none.
  private let service: String?
  private let environments: [LiveEnvironment]
  /// The names of all declared secrets.
  private let secrets: [String]

  /// - Parameter service: an address of the service, whose path does not matter.
  package init(service: String?, environments: [LiveEnvironment], secrets: [String]) {
    self.service = service.flatMap(Self.origin)
    self.environments = environments
    self.secrets = secrets
  }

  func environment(of shape: RequestShape) -> String {
    shape.isRerouted ? LiveEnvironment.elsewhere : environment(at: shape.origin)
  }

  private func environment(at origin: String) -> String {
    let plain = Self.plain(origin)
    if let found = environments.first(where: { $0.origins.map(Self.plain).contains(plain) }) { return found.name }
    return plain == service ? LiveEnvironment.service : LiveEnvironment.elsewhere
  }

  /// The secrets that may not be sent to an environment: those that belong to others, and to the service where none is named.
  package func secrets(keptFrom environment: String) -> [String] {
    secrets.filter { name in
      let owners = environments.filter { $0.secrets.contains(name) }.map(\.name)
      return owners.isEmpty ? environment != LiveEnvironment.service : !owners.contains(environment)
    }
  }

  /// The names of the environments that may be sent a secret.
  package func owners(of secret: String) -> [String] {
    let owners = environments.filter { $0.secrets.contains(secret) }.map(\.name)
    return owners.isEmpty ? [LiveEnvironment.service] : owners
  }

  package func caFile(of environment: String) -> String? { environments.first { $0.name == environment }?.caFile }

  private static func origin(_ url: String) -> String? { Address(url).map { plain($0.origin) } }

  /// This machine has several names for itself.
  private static func plain(_ origin: String) -> String {
    guard let address = Address(origin),
      ["localhost", "[::1]"].contains(address.host) || address.host.hasPrefix("127.")
    else { return origin.lowercased() }
    return "\(address.scheme)://127.0.0.1" + address.origin.dropFirst("\(address.scheme)://\(address.host)".count)
  }
}
