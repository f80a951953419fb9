package import LiveChecks

/// One file of checks and what came of it.
package struct CheckedFile: Sendable {
  package enum Outcome: Sendable {
    case ran(CheckReport)
    /// It could not be parsed; the block that says where.
    case unreadable(String)
  }

  package let name: String
  package let outcome: Outcome
  package let duration: Duration

  package init(name: String, outcome: Outcome, duration: Duration) {
    self.name = name
    self.outcome = outcome
    self.duration = duration
  }

  package var report: CheckReport? { if case .ran(let report) = outcome { report } else { nil } }
  package var succeeded: Bool { report?.verdict == .passed }

  /// One block for each thing that went wrong.
  var problems: [Problem] {
    switch outcome {
    case .unreadable(let block): [Problem(isAssert: false, text: block)]
    case .ran(let report):
      report.failureBlocks.map { Problem(isAssert: $0.failure.kind == .assert, text: $0.text) }
    }
  }

  struct Problem {
    /// Something was asked and does not hold; otherwise it could not be asked.
    let isAssert: Bool
    let text: String
  }
}
