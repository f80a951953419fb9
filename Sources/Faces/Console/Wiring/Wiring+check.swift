import Charsets
import DeliveryLoop
import Engine
import Glibc
import HTTP
import LiveChecks
import Processes
import XPath

/// What the verbs need that work without a repository.
extension Wiring {
  static func checkDriver(caFile: String?) -> CheckDriver {
    let transport = CurlTransport(caFile: caFile)
    return CheckDriver(
      transport: transport, surroundings: SystemSurroundings(), libraries: libraries, executor: transport.executor)
  }

  /// What the judging of checks needs of libraries.
  static let libraries = CheckLibraries(
    xpath: { LibXML.evaluate($0, on: $1) }, decode: { Iconv.decode($0, charset: $1) })

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
