import DeliveryLoop

/// The words that files use for the states of a task, so that each keeps to its own.
enum StatusWord {
  static func state(of word: String) -> BacklogTask.State {
    switch plain(word) {
    case "open", "to do", "todo": .open
    case "in progress": .claimed
    case "closed", "done": .closed
    case _: .other
    }
  }

  /// The word for `state` in the manner of `word`, which the file has now: `Done` beside `To Do`, `closed` beside `open`.
  static func word(for state: BacklogTask.State, like word: String?) -> String {
    let isBoard =
      switch plain(word ?? "open") {
      case "to do", "todo", "done": true
      case "in progress": word?.contains("_") != true
      case _: false
      }
    switch state {
    case .open: return isBoard ? "To Do" : "open"
    case .claimed: return isBoard ? "In Progress" : "in_progress"
    case .closed: return isBoard ? "Done" : "closed"
    case .other: return word ?? "open"
    }
  }

  private static func plain(_ word: String) -> String {
    String(word.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 })
  }
}
