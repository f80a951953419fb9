import DeliveryLoop
import JSONText

/// One run: what came of it, what it was about, and then each of its records.
struct RunSection {
  let report: RunReport
  let limits: ReportLimits

  private var run: Run { report.run }
  private var id: String { report.anchor }

  var html: HTML {
    Tag.section(.class(isBrief ? "run brief" : "run"), .id(id), .labelled(by: "\(id)-title")) {
      Tag.header {
        Tag.p(.class("eyebrow")) { run.opening.replay == nil ? "Delivery" : "Replay" }
        Tag.h2(.id("\(id)-title")) { run.opening.title.row }
        Tag.p(.class("verdict \(report.tone.rawValue)")) {
          Tag.strong { "\(report.tone.sign) \(report.state)" }
          if report.explanation.reason != .delivered { Tag.span { report.explanation.text } }
        }
        for warning in report.explanation.warnings { Tag.p(.class("note warn")) { "⚠ \(warning)" } }
        facts
      }
      VerificationSection(report: report).html
      TreeSection(report: report).html
      StepSection(report: report).html
      ValidationSection(report: report, limits: limits).html
      DecisionSection(report: report).html
      CaptureSection(report: report).html
    }
  }

  /// A print of thousands of exchanges would be a book: then they are printed as the reader has opened them.
  private var isBrief: Bool {
    report.validations.reduce(0) { $0 + ($1.document?["entries"]?.array?.count ?? 0) } > 50
  }

  private var facts: HTML {
    Tag.dl(.class("facts")) {
      fact("Task") { Tag.code { run.opening.task.text } }
      fact("Run") { Tag.code { run.id.text } }
      if let replay = run.opening.replay { fact("Replays") { Tag.code { replay.original.text } } }
      fact("Run by") { run.opening.owner.row }
      if run.isCommitted, let commit = run.commit {
        fact("Commit") { Tag.code { commit.id.text } }
        if let author = commit.author { fact("Commit's author") { author.row } }
      }
      if let pushed = run.pushed {
        fact("Seen on the remote") {
          "\(run.opening.remote)/\(run.opening.remoteBranch) shows ".row
          Tag.code { pushed.text }
        }
      }
      fact("Base") {
        Tag.code { run.base.text }
        " on \(run.opening.branch)".row
      }
      fact("Policy") { Tag.code { "sha256 \(run.opening.policy.text)" } }
      fact("Began") { Moments.html(report.started) }
      fact("Last event") { Moments.html(report.changed) }
      fact("Coding agents") { report.agents ?? counted(run.attempts, "attempt") }
      fact("Secrets at rest") { atRest }
      for event in report.unreadable { fact("Cannot be read") { event } }
    }
  }

  private var atRest: String {
    guard let sweep = run.sweep else { return "not looked for since it went on" }
    if !sweep.findings.isEmpty { return sweep.wording }
    return sweep.secrets == 0
      ? "none to look for" : "none of \(sweep.secrets) found in \(sweep.places) places, \(sweep.bytes) bytes"
  }

  private func fact(_ name: String, @Content value: () -> HTML) -> HTML {
    Tag.div {
      Tag.dt { name }
      Tag.dd { value() }
    }
  }
}

/// How something is to be taken; a sign says the same as the colour.
enum Tone: String {
  case good, bad, warn, plain

  var sign: String {
    switch self {
    case .good: "✓"
    case .bad: "✗"
    case .warn: "⚠"
    case .plain: "•"
    }
  }

  /// Of a recorded word.
  init(of word: String) {
    switch word {
    case "passed", "delivered", "approved", "applied", "still-passing": self = .good
    case "failed", "denied", "still-failing": self = .bad
    case "inconclusive", "delivered-with-waiver", "waiting", "paused", "interrupted", "expired", "awaiting-approval":
      self = .warn
    default: self = .plain
    }
  }
}

extension RunReport {
  var anchor: String { "run-\(run.id.text)" }
  var tone: Tone { Tone(of: state) }
}

extension PreparedCommit {
  /// Name and address, as the commit has them; nil for bytes that are no commit's.
  var author: String? {
    let line = content.split(separator: "\n").first { $0.hasPrefix("author ") }
    guard let line, let end = line.lastIndex(of: ">") else { return nil }
    return String(line[...end].dropFirst("author ".count))
  }

  var message: String {
    guard let gap = content.firstRange(of: "\n\n") else { return "" }
    return String(content[gap.upperBound...])
  }
}

/// Moments and durations for people to read.
enum Moments {
  static func html(_ time: Timestamp) -> HTML {
    Tag.time(.moment(time.description)) { text(time) }
  }

  static func text(_ time: Timestamp) -> String {
    String(time.text(fraction: 0).map { $0 == "T" ? " " : $0 }.dropLast()) + " UTC"
  }

  static func text(milliseconds: Int64) -> String {
    if milliseconds >= 60_000 { return "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s" }
    return milliseconds >= 1000 ? "\(milliseconds / 1000).\(milliseconds / 100 % 10) s" : "\(milliseconds) ms"
  }
}

/// The whole is named, then what of it is shown.
enum Sizes {
  static func text(_ bytes: Int64) -> String {
    if bytes < 10_000 { return "\(bytes) bytes" }
    return bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
  }
}

/// A number with its noun.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
