import DeliveryLoop
import Engine

/// What a user has to put right before the program can do anything.
enum Mistake: Error {
  case noConfiguration(ObjectID)
  case busy(holder: String)
  /// A process of this run asks for what is decided outside of it.
  case insideRun(RunID)
  case nothingReady([BacklogTask])
  case noRuns
  /// The newest commit has no backlog in a form that is known.
  case noBacklog
  /// No run is as the options say.
  case noSuchRuns
  case notATask(String)
  case nothingToResume
  case finished(RunID, Rest)
  /// An event of the run is of a newer version, or damaged.
  case unreadable(RunID, kind: String, sequence: Int64)
  /// A run that belongs to another working tree, by its root.
  case elsewhere(RunID, String)
  /// Several runs rest in working trees of our own.
  case several([RunSummary])
  /// In a working tree of our own there is nothing of the user's.
  case adoptsNothing
  /// What rests is gone on with as it was begun.
  case adoptsResting(RunSummary)
  case noCommit
  case noSuchFolder(String)
  case noSuchFile(String)
  /// Not two revisions with two dots between them.
  case badRange(String)
  case noSuchRevision(String)
  /// A line of a file of secrets, with the reason.
  case notASecret(_ place: String, _ reason: String)
  /// What the system refused, with its reason.
  case system(_ doing: String, _ reason: String)
  case sandbox(String, ExitStatus = .broken)
}
