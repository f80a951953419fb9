import Processes
import Synchronization

/// Ports below the range from which the system takes its own, each given out once.
package enum Ports {
  private static let given = Mutex<Set<UInt16>>([])

  package static func next() -> UInt16 {
    while true {
      let port = UInt16.random(in: 10_000...32_000)
      guard given.withLock({ $0.insert(port).inserted }), (try? SystemServices().holder(of: port)) == .some(nil) else {
        continue
      }
      return port
    }
  }
}
