/// One key vouches for the next, and the next says that it is there: a note with the signatures of both.
package struct HandOver: Hashable, Sendable {
  package let old: NoteKey
  package let new: NoteKey
  package let note: SignedNote

  private static let title = "waybill hand-over"

  /// The text that both sign.
  ///
  /// - Parameter time: in UTC, ISO 8601.
  package static func text(from old: NoteKey, to new: NoteKey, at time: String) -> String {
    "\(title)\n\(old.text)\n\(new.text)\n\(time)\n"
  }

  /// Reads a note; nil for another one. Nothing is said of its signatures yet.
  package init?(_ document: String) {
    guard let note = SignedNote(reading: document) else { return nil }
    let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 5, lines[0] == Self.title, let old = NoteKey(lines[1]), let new = NoteKey(lines[2]),
      lines[4].isEmpty
    else { return nil }
    (self.old, self.new, self.note) = (old, new, note)
  }

  /// The keys that count: those that are trusted, and whoever one of them has handed over to, in this order.
  ///
  /// - Parameter isSigned: whether a key has signed a note.
  package static func successors(
    of trusted: [NoteKey], by handOvers: [HandOver], isSigned: (SignedNote, NoteKey) -> Bool
  ) -> [NoteKey] {
    var keys = trusted
    for handOver in handOvers where keys.contains(handOver.old) && !keys.contains(handOver.new) {
      if isSigned(handOver.note, handOver.old), isSigned(handOver.note, handOver.new) { keys.append(handOver.new) }
    }
    return keys
  }
}
