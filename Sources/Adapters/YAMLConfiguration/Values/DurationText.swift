/// Durations as people write them in the configuration: one number and one unit.
package enum DurationText {
  /// `500ms`, `20s`, `45m`, `2h`, `90d`; nil for zero, for more than nine digits and for everything else.
  package static func read(_ text: String) -> Duration? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard (1...9).contains(digits.count), let number = Int64(digits), number > 0 else { return nil }
    return switch text.dropFirst(digits.count) {
    case "ms": .milliseconds(number)
    case "s": .seconds(number)
    case "m": .seconds(number * 60)
    case "h": .seconds(number * 3600)
    case "d": .seconds(number * 86_400)
    case _: nil
    }
  }
}
