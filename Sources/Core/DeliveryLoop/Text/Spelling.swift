/// Finds what somebody may have meant by a word that is not known.
package enum Spelling {
  /// The known words within reach of `word`, nearest first and at most `limit` of them: those that end with it as a part
  /// of their own (`u6b.1` for `br-u6b.1`), then those that differ by up to a third of its letters.
  package static func similar(to word: String, among known: some Sequence<String>, limit: Int = 3) -> [String] {
    let reach = max(1, word.count / 3)
    let wanted = Array(word.lowercased())
    let ranked = known.compactMap { candidate -> (distance: Int, word: String)? in
      let letters = Array(candidate.lowercased())
      if !wanted.isEmpty, isPart(wanted, endOf: letters) { return (0, candidate) }
      guard abs(letters.count - wanted.count) <= reach else { return nil }
      let distance = distance(wanted, letters)
      return distance <= reach ? (distance, candidate) : nil
    }
    return ranked.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(limit).map(\.word)
  }

  /// The nearest known word; nil when none is near.
  package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
    similar(to: word, among: known, limit: 1).first
  }

  private static func isPart(_ part: [Character], endOf whole: [Character]) -> Bool {
    guard part.count < whole.count else { return part == whole }
    let before = whole[whole.count - part.count - 1]
    return whole.suffix(part.count).elementsEqual(part) && !before.isLetter && !before.isNumber
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
