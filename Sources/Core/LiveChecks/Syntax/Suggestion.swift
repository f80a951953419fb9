/// The word among `known` that a misspelt one probably means; nil when none is near.
func suggestion(for word: String, among known: [String]) -> String? {
  let folded = word.lowercased()
  let scored = known.map { (word: $0, distance: editDistance(folded, $0.lowercased())) }
  guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, min(3, word.count / 3)) ? best.word : nil
}

/// `; did you mean "X"?`, or what there is where that is a few.
func hint(for word: String, among known: [String]) -> String {
  if let suggestion = suggestion(for: word, among: known) { return "; did you mean \"\(suggestion)\"?" }
  return "; there are \(known.prefix(8).joined(separator: ", "))\(known.count > 8 ? " and others" : "")"
}

/// How many characters have to be put in, taken out, replaced or swapped with their neighbour.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.unicodeScalars.prefix(64)), Array(b.unicodeScalars.prefix(64)))
  var before: [Int] = []
  var row = Array(0...b.count)
  for i in 0..<a.count {
    var next = [i + 1]
    for j in 0..<b.count {
      var cost = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      next.append(cost)
    }
    (before, row) = (row, next)
  }
  return row[b.count]
}
