import DeliveryLoop
import Engine
import JSONText
import Redaction

/// One JSON document a line: each event as it is recorded, and how the run rests at the end.
final class JSONScreen: Screen {
  func opened(_ run: Run) {
    print([("run", .string(run.id.text)), ("event", .string("opened")), ("task", .string(run.opening.task.text))])
  }

  func show(_ update: Update) {
    guard case .recorded(let event, let run) = update else { return }
    print([("run", .string(run.id.text)), ("event", .string(event.kind)), ("data", event.stored)])
  }

  func close(_ run: Run?) {
    guard let run else { return }
    print([
      ("run", .string(run.id.text)), ("event", .string("rested")), ("state", .string(run.standing.state.rawValue)),
      ("why", Views.explanation(Explanation(of: run))),
      ("commit", run.isCommitted ? .string(run.commit?.id.text ?? "") : .null),
    ])
  }

  private func print(_ members: [(String, JSON)]) { Output.line(JSON.object(JSONObject(members)).compact) }
}
