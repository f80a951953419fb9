import DeliveryLoop
import Engine
import FileSystem
import Git
import LiveChecks
import YAMLConfiguration

extension Wiring {
  /// What is not compared, as the file in the working tree says at this moment: it decides nothing.
  var ignored: RecordComparison.Ignored {
    guard let bytes = FileReader.contents("\(repository.root)/\(Configuration.path)") else { return .init() }
    do {
      let ignored = try ConfigurationReader.read(bytes, path: Configuration.path).ignored
      return .init(headers: Set(ignored.headers), paths: ignored.paths)
    } catch {
      Output.complain("warning: nothing is ignored, since waybill.yaml cannot be read: \(error)")
      return .init()
    }
  }

  /// The commit that a revision names.
  func commit(_ revision: String) throws -> ObjectID {
    do {
      if let commit = try GitObjects(at: archive.root).commit(revision) { return commit }
    } catch RepositoryError.failed {}
    throw Mistake.noSuchRevision(revision)
  }

  /// The commits between two, the older first, each with its subject.
  func history(from start: ObjectID, to end: ObjectID) throws -> [(commit: Bisection.Commit, subject: String)] {
    try GitObjects(at: archive.root).history(from: start, to: end)
  }
}
