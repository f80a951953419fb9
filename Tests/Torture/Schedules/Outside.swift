import DeliveryLoop
import Engine
import Foundation
import Hashing
import Processes
import SQLiteLedger

/// What can be seen of a delivery without asking the program: git, the remote, the backlog, processes, the port, the ledger.
struct Outside: Sendable {
  struct Commit: Sendable {
    let id: String
    let tree: String
    let parent: String
    let subject: String
    let tasks: [String]
    let runs: [String]
    let validated: [String]
  }

  private(set) var head = ""
  private(set) var branch = ""
  private(set) var base = ""
  /// The remote's commits, the newest first.
  private(set) var remote: [Commit] = []
  /// The new values of the remote's branch, the newest first.
  private(set) var updates: [String] = []
  private(set) var dirty: [String] = []
  private(set) var locks: [String] = []
  private(set) var refs: [String] = []
  /// The task's status in the working copy.
  private(set) var task = ""
  /// The same in the remote's branch.
  private(set) var remoteTask = ""
  private(set) var files: [String] = []
  /// The remote's notes: the commits that have one.
  private(set) var notes: [String] = []
  /// The commits of the notes themselves.
  private(set) var notesUpdates = 0
  /// What the service was asked to change, in its order.
  private(set) var changes: [String] = []
  let events: [StoredEvent]
  let isChainWhole: Bool
  let processes: [String]
  let portHolder: String?

  init(_ stage: Stage) async throws {
    for line in try await Program.sh(Self.questions, in: stage.root, at: stage.folder).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      switch parts[0] {
      case "head": head = value
      case "branch": branch = value
      case "base": base = value
      case "commit": remote.append(Commit(line: value))
      case "update": updates.append(value)
      case "dirty": dirty.append(value)
      case "lock": locks.append(value)
      case "ref": refs.append(value)
      case "task": task = value
      case "remotetask": remoteTask = value
      case "change": changes.append(value)
      case "file": files.append(value)
      case "note": notes.append(value)
      case "notesupdate": notesUpdates += 1
      case let other: throw Program.Failed(description: "an answer that was not asked for: \(other)")
      }
    }
    (events, isChainWhole) = try Self.history("\(stage.root)/.waybill/ledger.db")
    processes = Self.processes(in: stage.folder)
    portHolder = try SystemServices().holder(of: stage.port).map { "\($0.pid ?? 0) \($0.command)" }
  }

  private static let questions = """
    git="git --git-dir ../remote.git"
    echo "head $(git rev-parse HEAD)"
    echo "branch $(git symbolic-ref -q HEAD || true)"
    echo "base $($git rev-list --max-parents=0 main)"
    $git log --format='commit %H|%T|%P|%s|%(trailers:key=Task-Id,valueonly,separator=%x2C)|%(trailers:key=Waybill-Run,valueonly,separator=%x2C)|%(trailers:key=Waybill-Tree,valueonly,separator=%x2C)' main
    $git reflog show --format='update %H' main
    git status --porcelain | sed 's/^/dirty /'
    find .git ../remote.git -name '*.lock' | sed 's/^/lock /'
    git for-each-ref --format='ref %(refname)'
    sed -n 's/^status: /task /p' tasks/hello.md
    $git show main:tasks/hello.md | sed -n 's/^status: /remotetask /p'
    cat ../changes 2>/dev/null | sed 's/^/change /'
    $git notes --ref=delivery list | sed 's/^[0-9a-f]* /note /'
    $git rev-list refs/notes/delivery 2>/dev/null | sed 's/^/notesupdate /'
    $git ls-tree -r main | sed -n 's/^[0-9]* blob /file /p'
    """

  /// Every event of every run, and whether each one's hash follows from the one before, computed anew.
  private static func history(_ path: String) throws -> ([StoredEvent], Bool) {
    guard FileManager.default.fileExists(atPath: path) else { return ([], true) }
    let hashing = OpenSSLHashing()
    let ledger = try SQLiteLedger(path: path, for: .look, hashing: hashing)
    let events = try ledger.runs(RunQuery(limit: 1000)).flatMap { try ledger.events(of: $0.run) }
      .sorted { $0.sequence < $1.sequence }
    var previous = [UInt8](repeating: 0, count: 32)
    for (index, event) in events.enumerated() {
      var bytes = previous
      for field in [event.run.text, event.kind, String(event.time.nanoseconds), event.seal.text] {
        let text = Array(field.utf8)
        bytes += withUnsafeBytes(of: UInt64(text.count).bigEndian, Array.init) + text
      }
      let hash = hashing.sha256(bytes).text
      guard hash == event.hash.text, event.sequence == Int64(index + 1) else { return (events, false) }
      previous = stride(from: 0, to: 64, by: 2).map { offset in
        let start = hash.index(hash.startIndex, offsetBy: offset)
        return UInt8(hash[start...hash.index(after: start)], radix: 16) ?? 0
      }
    }
    return (events, true)
  }

  /// Processes that work in the stage's folder.
  private static func processes(in folder: String) -> [String] {
    let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int.init) ?? []
    return pids.compactMap { pid in
      guard let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd"),
        place.hasPrefix(folder),
        let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !command.isEmpty
      else { return nil }
      return "\(pid) \(String(decoding: command, as: UTF8.self).replacing("\0", with: " "))"
    }
  }

  /// The runs' commits on the remote.
  var ours: [Commit] { remote.filter { !$0.runs.isEmpty } }

  /// The sequences of the events of a kind, and those of them whose payload holds a text.
  func sequences(of kind: String, with text: String = "") -> [Int64] {
    events.filter { $0.kind == kind && (text.isEmpty || $0.payload.contains(text)) }.map(\.sequence)
  }
}

extension Outside.Commit {
  fileprivate init(line: String) {
    let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    func list(_ index: Int) -> [String] { fields[index].split(separator: ",").map(String.init) }
    self.init(
      id: fields[0], tree: fields[1], parent: fields[2], subject: fields[3], tasks: list(4), runs: list(5),
      validated: list(6))
  }
}
