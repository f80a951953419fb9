import Engine
import JSONText
import Yams

extension FrontMatter {
  /// Writes a text under a key: in its own line where it stands, else in a new line at its usual place.
  ///
  /// Nothing but the lines of this key changes; a list of people stays a list.
  mutating func set(_ key: String, to text: String) throws(BacklogError) {
    let scalar = Self.scalar(text)
    guard let entry = entries.first(where: { $0.key == key }) else {
      let index = entries.last { Self.isUsually($0.key, before: key) }?.lines.upperBound ?? 1
      return try replaceLines(index..<index, with: ["\(key): \(scalar)\(lineEnd)"])
    }
    let value = entry.value.sequence == nil ? scalar : "[\(scalar)]"
    try write(value, in: entry)
  }

  /// Empties a key, or removes its line where that holds nothing else.
  mutating func clear(_ key: String) throws(BacklogError) {
    guard let entry = entries.first(where: { $0.key == key }) else { return }
    if entry.value.sequence != nil { return try write("[]", in: entry) }
    if let line = KeyLine(lines[entry.lines.lowerBound], keyColumn: entry.keyColumn), line.tail.contains("#") {
      return try write("", in: entry)
    }
    try replaceLines(entry.lines, with: [])
  }

  private mutating func write(_ value: String, in entry: Entry) throws(BacklogError) {
    let first = entry.lines.lowerBound
    guard let line = KeyLine(lines[first], keyColumn: entry.keyColumn), entry.lines.count == 1 else {
      return try replaceLines(entry.lines, with: ["\(entry.key): \(value)\(lineEnd)"])
    }
    try replaceLines(entry.lines, with: [line.replacingValue(with: value)])
  }

  /// A carriage return in files that have them.
  private var lineEnd: String { lines[0].utf8.last == 0x0d ? "\r" : "" }

  /// Plain where YAML reads plain text as this very text, else in double quotes (JSON's are YAML's).
  private static func scalar(_ text: String) -> String {
    let allowed = Set(" ._/-+@".unicodeScalars)
    let isPlain =
      text.unicodeScalars.allSatisfy { allowed.contains($0) || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      && text.unicodeScalars.first?.properties.isAlphabetic == true && text.last != " "
    let isText = isPlain && Resolver.default.resolveTag(of: Node(text)) == .str
    return isText || isInstant(text) ? text : JSON.string(text).compact
  }

  private static func isInstant(_ text: String) -> Bool { InstantText.read(text) != nil }

  private static func isUsually(_ key: String, before other: String) -> Bool {
    guard let place = order.firstIndex(of: other) else { return true }
    return order[..<place].contains(key)
  }

  private static let order = [
    "id", "title", "status", "priority", "type", "assignee", "labels", "dependencies", "created", "created_at",
    "created_date", "updated", "updated_at", "updated_date", "closed_at", "close_reason",
  ]
}
