import DeliveryLoop
import Engine
import JSONText
import Redaction

/// One JSON document a line: each event as it is recorded, and how the run rests at the end.
final class JSONScreen: Screen {
  func opened(_ run: Run) {
    Output.json([
      "run": .string(run.id.text), "event": "opened", "task": .string(run.opening.task.text),
    ])
  }

  func show(_ update: Update) {
    if let document = Self.document(of: update) { Output.json(document) }
  }

  func close(_ run: Run?) {
    guard let run else { return }
    Output.json([
      "run": .string(run.id.text), "event": "rested", "state": .string(run.standing.state.rawValue),
      "why": Views.explanation(Explanation(of: run)),
      "commit": run.isCommitted ? .string(run.commit?.id.text ?? "") : .null,
    ])
  }

  /// nil for what is no event and no word to a person.
  static func document(of update: Update) -> JSON? {
    switch update {
    case .recorded(let event, let run):
      ["run": .string(run.id.text), "event": .string(event.kind), "data": event.stored]
    case .note(let text): ["event": "note", "text": .string(text.text)]
    case .output: nil
    }
  }
}
