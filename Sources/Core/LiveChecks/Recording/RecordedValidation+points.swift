import JSONText

extension RecordedValidation {
  /// Where it did not hold, a line each, in the order of the file: the place, and what was asked for. Of values only the status
  /// is part of it, since others may differ from one time to the next without meaning anything else.
  package var points: [String] {
    entries.flatMap { entry -> [String] in
      guard entry["verdict"]?.string != Verdict.passed.rawValue, let last = entry["attempts"]?.array?.last else {
        return []
      }
      let asserts = (last["asserts"]?.array ?? []).filter { $0["passed"]?.bool == false }
      let lines = Set(asserts.compactMap { $0["line"]?.int })
      let failures = (last["failures"]?.array ?? []).filter { failure in
        failure["line"]?.int.map { !lines.contains($0) } ?? true
      }
      return asserts.map(Self.point) + failures.map { "line \($0["line"]?.int ?? 0): \($0["title"]?.string ?? "")" }
    }
  }

  private static func point(_ assert: JSON) -> String {
    let (query, predicate) = (assert["query"]?.string ?? "", assert["predicate"]?.string ?? "")
    let text = "line \(assert["line"]?.int ?? 0): \(query) \(predicate)"
    return query == "status" ? "\(text), actual \(assert["actual"]?.string ?? "")" : text
  }
}
