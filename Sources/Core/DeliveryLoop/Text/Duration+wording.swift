extension Duration {
  /// Rounded down to two units, such as `4 h 5 min`, `41 min`, `1 min 5 s`, `12 s` or `300 ms`.
  package var wording: String {
    let seconds = milliseconds / 1000
    func text(_ large: Int64, _ unit: String, _ small: Int64, _ other: String) -> String {
      small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(other)"
    }
    return switch seconds {
    case ..<1: "\(milliseconds) ms"
    case ..<60: "\(seconds) s"
    case ..<600: text(seconds / 60, "min", seconds % 60, "s")
    case ..<3600: "\(seconds / 60) min"
    case _: text(seconds / 3600, "h", seconds / 60 % 60, "min")
    }
  }
}
