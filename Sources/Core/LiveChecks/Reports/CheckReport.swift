/// Everything that happened in one session: the evidence.
package struct CheckReport: Sendable {
  package let file: CheckFile
  package let entries: [EntryReport]
  /// The values with which it began, without those of secrets.
  package let given: [String: CheckValue]
  /// The values at the end, as text, without those of secrets.
  package let variables: [String: String]
  package let secretNames: Set<String>
  /// Those that the session would send, at its end.
  package let cookies: [StoredCookie]
  /// The files that were read for it, in their order.
  let readings: [Reading]
  /// The moments at which entries and tries began.
  let ticks: [Moment]
  /// From which functions took their values.
  let seed: String?
  /// What must not be shown, by the name that stands for it.
  let masks: [String: String]

  package var verdict: Verdict {
    let verdicts = entries.map(\.verdict)
    return verdicts.contains(.failed) ? .failed : verdicts.contains(.inconclusive) ? .inconclusive : .passed
  }

  /// The secrets among variables and captures, for whoever keeps or shows something else of the session.
  package var secrets: [String: String] { masks }

  /// Of the last try of each entry.
  package var failures: [CheckFailure] { entries.flatMap(\.failures) }

  /// What is to be written to files, in the order of the entries.
  package var outputs: [OutputFile] { entries.compactMap(\.output) }

  /// The blocks of all failures, one after the other, each entry's followed by the beginning of its response.
  package var rendering: String { masked(entries.map { $0.rendering(in: file) }.joined()) }

  /// The block of each failure.
  package var failureBlocks: [(failure: CheckFailure, text: String)] {
    entries.flatMap { entry in zip(entry.failures, entry.blocks(in: file)).map { ($0, masked($1)) } }
  }

  /// Puts `[redacted:NAME]` where a secret stands; longer ones first, since one may hold another.
  package func masked(_ text: String) -> String {
    var text = text
    for (name, secret) in masks.sorted(by: { ($0.value.utf8.count, $0.key) > ($1.value.utf8.count, $1.key) })
    where !secret.isEmpty {
      text = text.parts(separatedBy: secret).joined(separator: "[redacted:\(name)]")
    }
    return text
  }
}

/// A file that a session has asked for.
package struct Reading: Hashable, Sendable {
  package let name: String
  /// nil where there was none.
  package let content: [UInt8]?

  package init(name: String, content: [UInt8]?) {
    self.name = name
    self.content = content
  }
}
