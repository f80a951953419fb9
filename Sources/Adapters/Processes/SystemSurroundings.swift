package import DeliveryLoop
import Engine
import Glibc

/// The clocks and the entropy of this machine.
package struct SystemSurroundings: Surroundings {
  package init() {}

  package func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package func entropy(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  package func wait(_ duration: Duration) async throws { try await ContinuousClock().sleep(for: duration) }
}
