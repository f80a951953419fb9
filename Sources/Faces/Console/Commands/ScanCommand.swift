import ArgumentParser
import DeliveryLoop
import Engine
import SecretScanning

/// `waybill scan [FILES…]`
struct ScanCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Look for secrets: in files, in what is staged, in commits.",
    discussion: """
      Without a flag, FILES and all that folders among them hold are looked at, the folder in which you are when there are \
      none; what git ignores is left out, "-" is standard input. Exit status: 0 when nothing was found, 1 otherwise.
      """)

  @Argument(help: "Files and folders.", completion: .file()) var files: [String] = []
  @Flag(help: "What would be committed now: the index, whatever the files say.") var staged = false
  @Option(help: ArgumentHelp("The commits of B that A has not.", valueName: "A..B")) var range: String?
  @Flag(help: "Everything that any branch, tag or other reference leads to.") var history = false
  @Flag(help: "Print SARIF 2.1.0.") var sarif = false
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    let ways = [staged, range != nil, history, !files.isEmpty].count { $0 }
    if ways > 1 { throw ValidationError("FILES, --staged, --range and --history exclude one another") }
    if sarif, shared.json { throw ValidationError("--json and --sarif exclude each other") }
  }

  func perform() async throws -> ExitStatus {
    let seat = try ScanSeat(at: try shared.path())
    let (items, base) = try target(seat)
    let allowed = try seat.allowList(at: base)
    let known = await seat.declared(at: base) { Output.complain("warning: \($0)") }
    let status = StatusLine()
    let report = try await seat.scanner.scan(items, known: known, allowed: allowed) { done in
      status.show("\(done) of \(items.count)")
    }
    status.clear()
    let view = ScanView(report: report, allowed: allowed, scanner: seat.scanner)
    if sarif {
      Output.json(view.sarif)
    } else if shared.json {
      for document in view.documents { Output.json(document) }
    } else {
      for line in view.findings { Output.line(line) }
    }
    if !shared.json { for line in view.remarks { Output.complain(line) } }
    return report.findings.isEmpty ? .delivered : .gateFailed
  }

  /// What is looked at, and the commit whose allow-list and declarations count.
  private func target(_ seat: ScanSeat) throws -> ([ScanItem], ObjectID?) {
    if staged { return (try seat.items(in: .staged), seat.head) }
    if history { return (try seat.items(in: .everything), seat.head) }
    guard let range else { return (try seat.items(of: files.isEmpty ? ["."] : files), seat.head) }
    let ends = range.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2, !range.contains("...") else { throw Mistake.badRange(range) }
    let names = ends.map { $0.isEmpty ? "HEAD" : String($0) }
    guard let old = try seat.commit(names[0]), let new = try seat.commit(names[1]) else { throw Mistake.noCommit }
    return (try seat.items(in: .commits(new, except: [old])), old)
  }
}
