import Console
import CrashPoints
import DeliveryLoop
import Glibc
import Processes

/// The program with crash points in it: `run TASK [--until STEP]`, `resume` and `abandon` as the real one has them.
///
/// `WAYBILL_CRASH_AT` says where it is killed, `WAYBILL_BROKEN` which promise its engine breaks on purpose.
@main
enum Main {
  static func main() {
    ProcessSafety.arm()
    Interrupts.stopCleanly()
    let work: Task<Void, Never> = Task { @concurrent in
      do {
        exit(try await perform(Array(Swift.CommandLine.arguments.dropFirst())).rawValue)
      } catch {
        let (message, status) = Wording.of(error)
        print("error: \(message)")
        exit(status.rawValue)
      }
    }
    Interrupts.serve(cancelling: work)
  }

  @concurrent private static func perform(_ arguments: [String]) async throws -> ExitStatus {
    let environment = ProcessEnvironment.own
    let crash = try Crash(environment.all)
    let broken = environment.all["WAYBILL_BROKEN"].flatMap(BrokenEngine.init)
    let wiring = try Wiring(at: environment.directory) { world in
      let crashing = world.crashing(at: crash)
      return broken?.distort(crashing, crash) ?? crashing
    }
    let until = arguments.firstIndex(of: "--until").flatMap { Step(rawValue: arguments[$0 + 1]) }
    let delivery = Delivery(wiring: wiring, json: false, until: until)
    switch arguments.first {
    case "resume": return try await delivery.resume(nil)
    case "abandon": return try await delivery.abandon(nil, reason: "given up")
    case _: return try await delivery.run(arguments.count > 1 ? arguments[1] : nil, adopting: false)
    }
  }
}
