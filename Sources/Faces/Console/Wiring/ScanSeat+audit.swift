import Backlogs
import DeliveryLoop
import Engine
import Git
import HistoryAudit
import YAMLConfiguration

extension ScanSeat {
  /// Looks back on the history of HEAD, with the backlog that it has.
  func audit(warn: (String) -> Void) async throws -> BackwardAudit.Report {
    guard let objects else { throw RepositoryError.notARepository(path: directory) }
    guard let head = try objects.commit("HEAD") else { throw Mistake.noCommit }
    for tracker in try trackers(at: head) {
      let paths = try objects.paths(in: tracker.folder, at: head).filter(tracker.holdsTasks)
      if paths.isEmpty { continue }
      let files = try paths.map { (path: $0, bytes: try objects.file($0, at: head) ?? []) }
      let tasks = try AuditedBacklog.read(files)
      return try await BackwardAudit(objects, scanner: scanner).report(
        to: head, of: tracker, tasks: tasks, known: await declared(at: head, warn: warn),
        allowed: try allowList(at: head))
    }
    throw Mistake.noBacklog
  }

  /// The one that a commit's `waybill.yaml` names; without one that can be read, all.
  private func trackers(at commit: ObjectID) throws -> [Tracker] {
    let bytes = try objects?.file(Configuration.path, at: commit)
    let configuration = try? bytes.map { try ConfigurationReader.read($0, path: Configuration.path) }
    return switch configuration?.backlog {
    case .beads: [.beads]
    case .tasks: [.tasks]
    case nil: Tracker.allCases
    }
  }
}
