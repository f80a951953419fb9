import Glibc
import Synchronization

/// The last line of a terminal, which says how far something is; nothing where the talk goes elsewhere.
final class StatusLine: Sendable {
  private let isShown = isatty(2) == 1
  private let next = Mutex(ContinuousClock.now)

  /// Shows a text over the one before, ten times a second at the most.
  func show(_ text: @autoclosure () -> String) {
    guard isShown else { return }
    next.withLock { next in
      guard ContinuousClock.now >= next else { return }
      next = .now + .milliseconds(100)
      Output.write("\r" + Output.safeRow(text()).prefix(Self.width - 1) + "\u{1b}[K", to: 2)
    }
  }

  /// Takes it away, before anything else is written; what comes next is shown at once.
  func clear() {
    guard isShown else { return }
    next.withLock { $0 = .now }
    Output.write("\r\u{1b}[K", to: 2)
  }

  private static var width: Int {
    var size = winsize()
    guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
    return Int(size.ws_col)
  }
}
