/// The stretches of a stream that are to be masked: disjoint, in order, in absolute offsets.
struct Coverage: Sendable {
  /// One mask.
  struct Stretch: Sendable {
    var start: Int
    var end: Int
    /// The needle that names it: the one that starts first, and of those the longest.
    var needle: Int
    var form: SecretForm
    /// Where that needle ends.
    var needleEnd: Int
    /// Its mask has been handed on; what joins the stretch later adds nothing.
    var isShown = false
  }

  private(set) var stretches: [Stretch] = []

  /// Joins strict overlaps; that two stretches merely touch must not depend on where the writes fell.
  mutating func add(_ start: Int, _ end: Int, needle: Int, form: SecretForm) {
    var joined = Stretch(start: start, end: end, needle: needle, form: form, needleEnd: end)
    var behind: [Stretch] = []
    while let last = stretches.last, last.end > joined.start {
      stretches.removeLast()
      if last.start >= joined.end {
        behind.append(last)
        continue
      }
      let end = max(joined.end, last.end)
      if (last.start, -last.needleEnd, last.needle) <= (joined.start, -joined.needleEnd, joined.needle) {
        joined = last
      }
      joined.end = end
    }
    stretches.append(joined)
    stretches += behind.reversed()
  }

  /// What is left of it when all is forgotten but masks that have been handed on.
  var shown: Coverage {
    var shown = self
    shown.stretches.removeAll { !$0.isShown }
    return shown
  }

  /// Everything before `end` has been handed on.
  mutating func release(upTo end: Int) {
    if stretches.isEmpty { return }
    stretches.removeAll { $0.end <= end }
    if let first = stretches.first, first.start < end { stretches[0].isShown = true }
  }
}
