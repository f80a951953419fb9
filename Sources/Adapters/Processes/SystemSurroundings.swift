package import DeliveryLoop
import Engine
import Glibc

/// The clocks and the entropy of this machine.
package struct SystemSurroundings: Surroundings {
  package init() {}

  /// The system's name, release and processor (uname(2)).
  package static var platform: String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "" }
    func text<Field>(_ field: Field) -> String {
      unsafe withUnsafeBytes(of: field) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return [text(names.sysname), text(names.release), text(names.machine)].joined(separator: " ")
  }

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
