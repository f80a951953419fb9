import DeliveryLoop
import Engine
import Redaction
import Synchronization

/// One line for each thing that happens.
final class PlainScreen: Screen {
  private let began = Mutex<[Step: ContinuousClock.Instant]>([:])

  func opened(_ run: Run) {
    Output.line("\(run.name) · \(run.opening.task) · \(Printable.row(run.opening.title))")
  }

  func show(_ update: Update) {
    switch update {
    case .recorded(let event, let run):
      guard let (mark, step, text) = EventLine.of(event, run) else { return }
      let name = Table.padded(step.rawValue, 10)
      switch mark {
      case .begun: began.withLock { $0[step] = .now }
      case .passed: Output.line(Table.trimmed("ok      \(name)\(Table.padded(elapsed(step), 8))\(text)"))
      case .failed: Output.line("FAILED  \(name)\(Table.padded(elapsed(step), 8))\(text)")
      case .note, .aside: Output.line("        \(name)\(text)")
      }
    case .output: break
    case .note(let text): Output.line("        \(text.text)")
    }
  }

  func close(_ run: Run?) { run.map { Screens.farewell($0).forEach(Output.line) } }

  private func elapsed(_ step: Step) -> String {
    began.withLock { $0.removeValue(forKey: step) }.map { Clocks.text(ContinuousClock.now - $0) } ?? ""
  }
}

/// Text in columns.
enum Table {
  /// Without blanks at its end.
  static func trimmed(_ line: String) -> String { String(line.reversed().drop { $0 == " " }.reversed()) }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Rows under their heads, each column as wide as its widest cell, the last one free.
  static func text(_ heads: [String], _ rows: [[String]]) -> String {
    let rows = rows.map { $0.map(Printable.row) }
    let widths = heads.indices.map { column in ([heads] + rows).map { $0[column].count }.max() ?? 0 }
    return ([heads] + rows).map { row in
      let cells = row.enumerated().map { $0 == row.count - 1 ? $1 : padded($1, widths[$0] + 2) }
      return cells.joined()
    }.joined(separator: "\n")
  }
}
