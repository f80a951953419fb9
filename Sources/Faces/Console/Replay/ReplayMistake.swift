import DeliveryLoop
import Engine

/// What a user has to put right before something can be asked again.
enum ReplayMistake: Error {
  /// A replay is gone on with only where it waits for an approval.
  case isOver(RunSummary)
  /// A range whose end does not descend from its start.
  case notBefore(ObjectID, ObjectID)
  /// An end of a range whose verdict is not known, with the reason.
  case notAsked(ObjectID, String)
  case turnsNowhere(ObjectID, ObjectID, passes: Bool)

  /// A file that is no HTTP Archive, with the reason, which fits after its name.
  case unreadableArchive(String, String)

  var status: ExitStatus { if case .notAsked = self { .waiting } else { .usage } }

  var wording: String {
    switch self {
    case .isOver(let run):
      "run \(run.run.short) is a replay that is over; ask again with \"waybill replay "
        + "\(run.replays?.short ?? run.run.short) --live\""
    case .notBefore(let start, let end):
      "\(end.short) does not descend from \(start.short); name the ends with --from and --to"
    case .notAsked(let commit, let reason):
      "the validations cannot be asked at \(commit.short): \(reason); name another with --from or --to"
    case .unreadableArchive(let path, let reason): "\"\(path)\" \(reason)"
    case .turnsNowhere(let start, let end, let passes):
      "the validations \(passes ? "pass" : "fail") at both \(start.short) and \(end.short): there is nothing to find; name "
        + "others with --from and --to"
    }
  }
}
