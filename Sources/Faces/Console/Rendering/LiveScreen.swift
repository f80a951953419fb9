import DeliveryLoop
import Engine
import Glibc
import Redaction
import Synchronization

/// A list of steps on a terminal that is drawn anew as things happen, with the last lines of what runs now.
final class LiveScreen: Screen {
  private struct Line {
    let step: Step
    var mark: EventLine.Mark
    var text: String
    let began: ContinuousClock.Instant
    var took: Duration?
  }

  private struct State {
    var head = ""
    var lines: [Line] = []
    var tail: [String] = []
    var open = ""
    /// Rows on the terminal that the next drawing replaces.
    var drawn = 0
    var spin = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let style: Style
  private let ticker = Mutex<Task<Void, Never>?>(nil)

  init(style: Style) { self.style = style }

  func opened(_ run: Run) {
    state.withLock {
      let (task, title) = (Output.safeRow(run.opening.task.text), Output.safeRow(run.opening.title))
      $0.head = "\(style.strong(task)) · \(title) \(style.faint("· \(run.name)"))"
    }
    let task = Task { [weak self] in
      while !Task.isCancelled {
        self?.tick()
        try? await ContinuousClock().sleep(for: .milliseconds(120))
      }
    }
    ticker.withLock { $0 = task }
  }

  func show(_ update: Update) {
    state.withLock { state in
      switch update {
      case .recorded(let event, let run): Self.take(event, run, &state)
      case .output(let bytes): Self.take(bytes, &state)
      case .note(let text): state.tail = [text.text]
      }
      if case .output = update { return }
      draw(&state)
    }
  }

  func close(_ run: Run?) {
    ticker.withLock { $0?.cancel() }
    state.withLock { state in
      state.tail = []
      state.open = ""
      state.isClosed = true
      draw(&state)
    }
    guard let run else { return }
    let good = run.rest == .delivered
    for line in Screens.farewell(run).map(Output.safe) {
      let painted =
        line.hasPrefix("  │")
        ? style.faint(line)
        : good ? style.good(line) : line.hasPrefix("next:") ? style.strong(line) : style.warn(line)
      Output.write(painted + "\n", to: 1)
    }
  }

  private func tick() {
    state.withLock { state in
      state.spin += 1
      if !state.isClosed { draw(&state) }
    }
  }

  private static func take(_ event: Event, _ run: Run, _ state: inout State) {
    guard let (mark, step, words) = EventLine.of(event, run) else { return }
    let text = Output.safeRow(words)
    state.tail = []
    state.open = ""
    switch mark {
    case .begun:
      // Intended anew after a crash or a second try of the same step: one line is enough.
      if state.lines.last?.step == step, state.lines.last?.took == nil { state.lines.removeLast() }
      state.lines.append(Line(step: step, mark: .begun, text: text, began: .now))
    case .aside:
      let line = Line(step: step, mark: .note, text: text, began: .now, took: .zero)
      state.lines.insert(line, at: max(0, state.lines.count - 1))
    case .passed, .failed, .note:
      if state.lines.last?.step != step || state.lines.last?.took != nil {
        state.lines.append(Line(step: step, mark: mark, text: text, began: .now))
      }
      let last = state.lines.count - 1
      state.lines[last].mark = mark
      state.lines[last].text = text.isEmpty ? state.lines[last].text : text
      state.lines[last].took = .now - state.lines[last].began
    }
  }

  private static func take(_ bytes: RedactedBytes, _ state: inout State) {
    let text = state.open + String(decoding: bytes.bytes.suffix(8_000), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    state.open = String(lines.last ?? "")
    state.tail = Array((state.tail + lines.dropLast().filter { !$0.isEmpty }.map(String.init)).suffix(3))
  }

  /// Rows are cut to the terminal's width: one that wraps could not be drawn over.
  private func draw(_ state: inout State) {
    let (width, height) = Self.size
    var rows = [state.head] + state.lines.suffix(max(4, height - 6)).map { row($0, state.spin) }
    rows += state.tail.map { style.faint("    │ " + String(Output.safeRow($0).prefix(max(10, width - 7)))) }
    let up = state.drawn > 0 ? "\u{1b}[\(state.drawn)A" : ""
    Output.write(up + "\r\u{1b}[J" + rows.map { Self.cut($0, width) + "\n" }.joined(), to: 1)
    state.drawn = state.isClosed ? 0 : rows.count
  }

  private func row(_ line: Line, _ spin: Int) -> String {
    let frames = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
    let sign =
      switch line.mark {
      case .begun: style.warn(String(frames[spin % frames.count]))
      case .passed: style.good("✓")
      case .failed: style.bad("✗")
      case .note, .aside: style.warn("•")
      }
    let time = Clocks.text(line.took ?? ContinuousClock.now - line.began)
    return "  \(sign) \(Table.padded(line.step.rawValue, 10))\(style.faint(Table.padded(time, 8)))\(line.text)"
  }

  private static var size: (width: Int, height: Int) {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Cuts to so many visible characters; what colours is not visible.
  private static func cut(_ row: String, _ width: Int) -> String {
    var result = String.UnicodeScalarView()
    var visible = 0
    var isEscape = false
    for scalar in row.unicodeScalars {
      if scalar == "\u{1b}" { isEscape = true }
      if !isEscape { visible += 1 }
      if isEscape || visible < width { result.append(scalar) }
      if isEscape, scalar == "m" { isEscape = false }
    }
    return String(result)
  }
}
