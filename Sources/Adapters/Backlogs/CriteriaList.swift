import DeliveryLoop

/// Acceptance criteria as people write them: a list, with or without boxes, or a line each.
enum CriteriaList {
  /// One criterion an element, without its bullet, box and number; an indented line goes on with the one before.
  static func items(_ text: String) -> [String] {
    var items: [String] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.trimmed.isEmpty {
      let (bullet, rest) = item(line)
      if !bullet, line.first?.isWhitespace == true, !items.isEmpty {
        items[items.count - 1] += " " + rest
      } else {
        items.append(rest)
      }
    }
    return items.filter { !$0.isEmpty }
  }

  /// Cuts `- [ ] #3 ` and its like off.
  private static func item(_ line: Substring) -> (bullet: Bool, text: String) {
    var text = Substring(line.trimmed)
    let isBullet = ["- ", "* ", "+ "].contains { text.hasPrefix($0) }
    if isBullet { text = text.dropFirst(2) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let isNumbered =
      !isBullet && !digits.isEmpty && [". ", ") "].contains { text.dropFirst(digits.count).hasPrefix($0) }
    if isNumbered { text = text.dropFirst(digits.count + 2) }
    if let box = ["[ ] ", "[x] ", "[X] "].first(where: { text.hasPrefix($0) }) {
      text = text.dropFirst(box.count)
      let mark = text.prefix { $0 != " " }
      if mark.first == "#", mark.count > 1, mark.dropFirst().allSatisfy(\.isNumber) {
        text = text.dropFirst(mark.count)
      }
    }
    return (isBullet || isNumbered, text.trimmed)
  }
}
