import DeliveryLoop
import Engine
import Glibc
import HTTP
import Processes

/// What the verbs need that work without a repository.
extension Wiring {
  static func checkDriver(caFile: String?) -> CheckDriver {
    CheckDriver(transport: CurlTransport(caFile: caFile), surroundings: SystemSurroundings())
  }

  static func now() -> Timestamp { SystemSurroundings().now() }

  /// A file's name that nothing else has.
  static func newName() -> String {
    SystemSurroundings().entropy(8).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
  }
}

extension ProcessEnvironment {
  /// How many processors this program may use.
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
