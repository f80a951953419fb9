/// Everything that is wrong with a configuration file, found in one reading.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// By line and column; never empty.
  package let problems: [Problem]

  /// One line a problem: `waybill.yaml:3:1: …`.
  package var description: String {
    problems.map { problem in
      let hint = problem.suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
      return "\(path):\(problem.line):\(problem.column): \(problem.message)\(hint)"
    }.joined(separator: "\n")
  }

  /// One thing that is wrong, and where.
  package struct Problem: Hashable, Sendable {
    /// Both from 1; the column counts Unicode scalars.
    package let line: Int
    package let column: Int
    package let mistake: Mistake

    package init(line: Int, column: Int, _ mistake: Mistake) {
      self.line = line
      self.column = column
      self.mistake = mistake
    }

    /// What is wrong and what to do about it.
    package var message: String { mistake.message }
    /// The known word that is nearest to the unknown one.
    package var suggestion: String? { mistake.suggestion }
  }
}
