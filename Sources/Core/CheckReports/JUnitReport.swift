/// JUnit's XML, as CI servers read it: one test case for each file.
package enum JUnitReport {
  /// The whole document; with `existing`, a report that this wrote earlier, its suites come first.
  ///
  /// nil where `existing` is something else.
  package static func text(_ files: [CheckedFile], after existing: String? = nil) -> String? {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>"
    let end = "</testsuites>\n"
    var suites = ""
    if let existing {
      guard existing.hasPrefix(head), existing.hasSuffix(end) else { return nil }
      suites = String(existing.dropFirst(head.count).dropLast(end.count))
    }
    return head + suites + suite(files) + end
  }

  private static func suite(_ files: [CheckedFile]) -> String {
    let problems = files.map(\.problems)
    let errors = problems.count { $0.contains { !$0.isAssert } }
    let failures = problems.count { !$0.isEmpty && $0.allSatisfy(\.isAssert) }
    let cases = zip(files, problems).map { file, problems in
      let name = file.name.escapedMarkup
      let found = problems.map { problem in
        let element = problem.isAssert ? "failure" : "error"
        return "<\(element)>\(problem.text.escapedMarkup)</\(element)>"
      }
      return "<testcase id=\"\(name)\" name=\"\(name)\" time=\"\(file.duration.seconds)\">\(found.joined())</testcase>"
    }
    return
      "<testsuite tests=\"\(files.count)\" errors=\"\(errors)\" failures=\"\(failures)\">\(cases.joined())</testsuite>"
  }
}

extension Duration {
  /// Seconds with three digits of the fraction, cut.
  var seconds: String {
    let milliseconds = milliseconds
    return "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst())"
  }

  var milliseconds: Int { Int(self / .milliseconds(1)) }
}
