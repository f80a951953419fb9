/// The Test Anything Protocol, version 13: one line for each file.
package enum TAPReport {
  /// The whole document; with `existing`, a report that this wrote earlier, its lines come first.
  ///
  /// nil where `existing` is something else.
  package static func text(_ files: [CheckedFile], after existing: String? = nil) -> String? {
    let head = "TAP version 13"
    var results: [(isOK: Bool, name: String)] = []
    if let existing {
      let lines = existing.split(separator: "\n")
      guard lines.first == head[...] else { return nil }
      for line in lines.dropFirst(2) {
        guard let dash = line.firstRange(of: " - ") else { return nil }
        results.append((!line.hasPrefix("not "), String(line[dash.upperBound...])))
      }
    }
    results += files.map { ($0.succeeded, $0.name.filter { !$0.isNewline }) }
    let lines = results.enumerated().map { "\($1.isOK ? "ok" : "not ok") \($0 + 1) - \($1.name)" }
    return ([head, "1..\(results.count)"] + lines).joined(separator: "\n") + "\n"
  }
}

extension Substring {
  /// The first place of a text.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
