import JSONText

extension Replay {
  var stored: JSON {
    object(
      ("original", .string(original.text)), ("attempt", number(attempt)), ("tree", .string(tree.text)),
      ("commit", commit.map { .string($0.text) } ?? .null), ("validations", .array(validations.map { .string($0) })))
  }

  init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      original: try fields.value("original", RunID.init), attempt: try fields.int("attempt"),
      tree: try fields.value("tree", ObjectID.init), commit: try fields.optional("commit", ObjectID.init),
      validations: try fields.strings("validations"))
  }
}

extension ReplayResult {
  var stored: JSON {
    let name = ("outcome", JSON.string(outcome.rawValue))
    let verdict = ("verdict", JSON.string(finding.verdict.rawValue))
    return switch finding {
    case .passed: object(name, verdict)
    case .failed(let validation, let points):
      object(name, verdict, ("validation", .string(validation)), ("points", .array(points.map { .string($0) })))
    case .inconclusive(let validation): object(name, verdict, ("validation", .string(validation)))
    }
  }

  init(_ fields: Fields) throws(UnreadableEvent) {
    let finding: ReplayFinding =
      switch try fields.value("verdict", Judgement.Verdict.init) {
      case .passed: .passed
      case .failed: .failed(validation: try fields.string("validation"), points: try fields.strings("points"))
      case .inconclusive: .inconclusive(validation: try fields.string("validation"))
      }
    self.init(outcome: try fields.value("outcome", ReplayOutcome.init), finding: finding)
  }
}
