import DeliveryLoop
import Engine
import Git
import Glibc

/// Measures what is read of a working tree: `git-bench FOLDER [RUNS]`, the best of the runs in milliseconds of wall time.
///
/// Each run opens the repository anew, as a run of the program does. `git status` is started in between, so that both are
/// measured on the machine as it is in the same second. Ratios are to `git status` as it is typed.
@main
enum GitBench {
  static func main() throws {
    let arguments = Swift.CommandLine.arguments
    guard arguments.count > 1 else { return print("usage: git-bench FOLDER [RUNS]") }
    let (folder, runs) = (arguments[1], arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5)
    guard case .branch(_, let base) = try GitRepository(at: folder).head() else { return print("there is no commit") }
    let work: [(name: String, body: (GitRepository) throws -> Void)] = [
      ("changes", { _ = try $0.changes() }),
      ("snapshot", { _ = try $0.snapshot(keeping: [], of: base) }),
      ("hazards", { _ = try $0.hazards() }),
    ]
    var best: [String: Double] = [:]
    for _ in 0..<runs {
      for (name, status) in [("git status", "normal"), ("git status -uall", "all")] {
        let command =
          "git -C '\(folder)' --no-optional-locks status --porcelain --untracked-files=\(status) > /dev/null"
        note(name, measured { _ = system(command) }, in: &best)
      }
      for (name, body) in work { note(name, try measured { try body(try GitRepository(at: folder)) }, in: &best) }
    }
    for name in ["git status", "git status -uall"] + work.map(\.name) {
      let ratio = (best[name] ?? 0) / (best["git status"] ?? 1)
      print("\(name)\(spaces(24 - name.count))\(tenths(best[name] ?? 0)) ms  \(tenths(ratio * 10, 2)) times")
    }
  }

  private static func note(_ name: String, _ time: Double, in best: inout [String: Double]) {
    best[name] = min(time, best[name] ?? .infinity)
  }

  private static func measured(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let (seconds, attoseconds) = try clock.measure(body).components
    return Double(seconds) * 1000 + Double(attoseconds) / 1e15
  }

  private static func tenths(_ value: Double, _ digits: Int = 1) -> String {
    let scaled = digits == 1 ? value : value / 10
    let factor = digits == 1 ? 10.0 : 100.0
    let text = "\((scaled * factor).rounded() / factor)"
    return spaces(8 - text.count) + text
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
}
