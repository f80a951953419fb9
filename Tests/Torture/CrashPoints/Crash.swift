import Glibc
import Synchronization

/// Kills this process where `WAYBILL_CRASH_AT=boundary/moment:n` says so: at the n-th time that it comes there.
package final class Crash: Sendable {
  private struct Target {
    let point: CrashPoint
    let count: Int
  }

  private let target: Target?
  /// Every point that is reached is appended here, a line each.
  private let log: Int32
  private let reached = Mutex<[CrashPoint: Int]>([:])

  package init(_ environment: [String: String]) throws {
    if let text = environment["WAYBILL_CRASH_AT"], !text.isEmpty {
      let parts = text.split(separator: ":")
      guard let point = parts.first.flatMap({ CrashPoint(String($0)) }), let count = parts.last.flatMap({ Int($0) })
      else { throw NoSuchPoint(text: text) }
      target = Target(point: point, count: count)
    } else {
      target = nil
    }
    log = environment["WAYBILL_CRASH_LOG"].map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? -1
  }

  package struct NoSuchPoint: Error {
    package let text: String
  }

  /// Is told that the program comes to an effect or leaves it; whether the effect failed makes no difference.
  func reach(_ effect: Effect, _ moment: CrashPoint.Moment) { reach(effect.rawValue, moment) }

  func reach(_ boundary: String, _ moment: CrashPoint.Moment) { reach(CrashPoint(boundary, moment)) }

  private func reach(_ point: CrashPoint) {
    precondition(Self.known.contains(point), "\(point) is not listed")
    let count = reached.withLock { reached in
      reached[point, default: 0] += 1
      return reached[point] ?? 0
    }
    if log >= 0 {
      let line = Array("\(point):\(count)\n".utf8)
      _ = line.withUnsafeBytes { write(log, $0.baseAddress, $0.count) }
    }
    if let target, target.point == point, target.count == count { kill(getpid(), SIGKILL) }
  }

  private static let known = Set(CrashPoint.all)
}
