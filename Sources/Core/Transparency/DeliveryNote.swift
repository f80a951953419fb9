import Codings

/// What is said of one delivery in the notes of the remote: a signed checkpoint of the history whose further lines, each a
/// name, a blank and a value, name the delivery.
package struct DeliveryNote: Hashable, Sendable {
  package let checkpoint: Checkpoint
  package let facts: Facts
  /// How keys came after one another, the oldest first.
  package let handOvers: [HandOver]

  package struct Facts: Hashable, Sendable {
    package let run: String
    package let task: String
    /// Object ids of git, in hexadecimal digits.
    package let commit, tree, base: String
    /// Of the run's events, how many are below the checkpoint, and the hash of the last in hexadecimal digits.
    package let events: Int
    package let last: String
    /// In UTC, ISO 8601.
    package let time: String

    package init(
      run: String, task: String, commit: String, tree: String, base: String, events: Int, last: String, time: String
    ) {
      self.run = run
      self.task = task
      self.commit = commit
      self.tree = tree
      self.base = base
      self.events = events
      self.last = last
      self.time = time
    }
  }

  /// The name of a history: that of its first event, which holds what nobody can choose.
  ///
  /// - Parameter hash: of the first event.
  package static func origin(first hash: [UInt8]) -> String { "waybill/\(Hexadecimal.encode(Array(hash.prefix(8))))" }

  /// The text to be signed; nil for what cannot be written down.
  package static func checkpoint(
    origin: String, size: Int, root: TreeHash, _ facts: Facts, handOvers: [HandOver]
  ) -> Checkpoint? {
    let lines = [
      "run \(facts.run)", "task \(facts.task)", "commit \(facts.commit)", "tree \(facts.tree)", "base \(facts.base)",
      "events \(facts.events) \(facts.last)", "time \(facts.time)",
    ]
    let further = handOvers.map { "hand-over \(Base64.encode(Array($0.note.document.utf8)))" }
    return Checkpoint(origin: origin, size: size, root: root, extensions: lines + further)
  }

  /// Reads the text of a note; nil for another one. Lines of names that are not known are passed over.
  package init?(_ note: SignedNote) {
    guard let checkpoint = Checkpoint(note.text) else { return nil }
    var values: [String: String] = [:]
    var handOvers: [HandOver] = []
    for line in checkpoint.extensions {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      if parts[0] == "hand-over" {
        guard let handOver = Base64.decode(parts[1]).flatMap({ HandOver(String(decoding: $0, as: UTF8.self)) }) else {
          return nil
        }
        handOvers.append(handOver)
      } else if values.updateValue(parts[1], forKey: parts[0]) != nil {
        return nil
      }
    }
    let events = (values["events"] ?? "").split(separator: " ").map(String.init)
    guard events.count == 2, let count = Int(events[0]), let run = values["run"], let task = values["task"],
      let commit = values["commit"], let tree = values["tree"], let base = values["base"], let time = values["time"]
    else { return nil }
    self.checkpoint = checkpoint
    self.handOvers = handOvers
    facts = Facts(
      run: run, task: task, commit: commit, tree: tree, base: base, events: count, last: events[1], time: time)
  }
}
