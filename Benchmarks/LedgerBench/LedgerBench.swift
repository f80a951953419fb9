import DeliveryLoop
import Engine
import Glibc
import Hashing
import Redaction
import SQLiteLedger

/// Measures the ledger on the disk of a folder: `ledger-bench FOLDER [APPENDS] [RUNS]`; or makes one of so many delivered runs
/// for others to measure: `ledger-bench --fill FILE RUNS POLICY`, the last being the SHA-256 of their configuration.
///
/// Prints how many events a second are durable and what one costs in CPU time, and how long it takes to decide where a run
/// goes on in a ledger of many.
@main
enum LedgerBench {
  static func main() throws {
    let arguments = Swift.CommandLine.arguments.dropFirst()
    guard let folder = arguments.first else { throw Misuse() }
    let words = Array(arguments.dropFirst())
    if folder == "--fill", words.count == 3, let count = Int(words[1]), let policy = Digest(words[2]) {
      return try fill(words[0], count, policy)
    }
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    let scratch = try Scratch(in: folder)
    try measureAppends(numbers.first ?? 5_000, in: scratch)
    try measureResumption(numbers.dropFirst().first ?? 10_000, in: scratch)
  }

  private static func measureAppends(_ count: Int, in scratch: borrowing Scratch) throws {
    let ledger = try open("\(scratch.path)/appends.db", .deliver)
    let records = try (0..<(count + 499) / 25).flatMap { try SampleRun(number: $0, isFinished: true).records }
    // The first ones make the file, the log and the statements.
    for record in records.prefix(500) { try ledger.append(record) }
    let (clock, cpu) = (ContinuousClock.now, CPU.now)
    for record in records.dropFirst(500) { try ledger.append(record) }
    let (seconds, spent) = ((ContinuousClock.now - clock) / .seconds(1), CPU.now - cpu)
    let done = Double(records.count - 500)
    print(
      "ledger: \(Int(done / seconds)) durable events/s, \(milliseconds(spent / done)) ms CPU an event; a step makes two, "
        + "intent and fact: \(Int(done / 2 / seconds)) steps/s, \(milliseconds(spent / done * 2)) ms CPU a step")
  }

  private static func fill(_ path: String, _ count: Int, _ policy: Digest) throws {
    let ledger = try open(path, .deliver)
    for number in 0..<count {
      for record in try SampleRun(number: number, isFinished: true, policy: policy).records {
        try ledger.append(record)
      }
    }
  }

  /// The run that is looked for is the oldest of all.
  private static func measureResumption(_ count: Int, in scratch: borrowing Scratch) throws {
    if count == 0 { return }
    let path = "\(scratch.path)/history.db"
    try scratch.prepare(path) { path in
      let ledger = try open(path, .deliver)
      for number in 0..<count {
        for record in try SampleRun(number: number, isFinished: number > 0).records { try ledger.append(record) }
      }
    }
    for (name, isCold) in [("read before", false), ("not read since the start of the machine", true)] {
      var (times, spent) = ([Double](), 0.0)
      for _ in 0..<21 {
        if isCold { for suffix in ["", "-wal", "-shm"] { scratch.forget(path + suffix) } }
        let (clock, cpu) = (ContinuousClock.now, CPU.now)
        try decide(path)
        times.append((ContinuousClock.now - clock) / .seconds(1))
        spent += CPU.now - cpu
      }
      times.sort()
      print(
        "ledger: a resumption is decided in \(milliseconds(times[10])) ms (at most \(milliseconds(times[20])), "
          + "\(milliseconds(spent / 21)) ms CPU) among \(count) runs of 25 events, \(name)")
    }
  }

  /// Opens the ledger, finds the run that rests in the workspace, and folds its events to what comes next.
  private static func decide(_ path: String) throws {
    let ledger = try open(path, .deliver)
    let query = RunQuery(workspace: SampleRun.workspace(isFinished: false), unfinished: true, limit: 1)
    guard let found = try ledger.runs(query).first else { throw Misuse() }
    let (run, unreadable) = try History(ledger).run(found.run)
    guard unreadable.isEmpty, run.rest == .interrupted, run.step == .close else { throw Misuse() }
  }

  private static func open(_ path: String, _ use: SQLiteLedger.Use) throws -> SQLiteLedger {
    try SQLiteLedger(path: path, for: use, hashing: OpenSSLHashing())
  }

  private static func milliseconds(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e3 }

  struct Misuse: Error {}
}

/// What this process has used so far, user and system (getrusage(2)).
enum CPU {
  static var now: Double {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let (user, system) = (usage.ru_utime, usage.ru_stime)
    return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1e6
  }
}
