import Engine
import Yams

/// The YAML between two lines `---` at the head of a task's file, with the lines on which each key stands.
struct FrontMatter {
  /// All lines of the file without their line feeds; a carriage return stays where it was.
  private(set) var lines: [String]
  /// Index of the closing `---`.
  private(set) var end: Int
  private(set) var entries: [Entry]
  let path: String

  /// A key with its value and the lines that they take up.
  struct Entry {
    let key: String
    let value: Node
    /// Indices of the lines from the key to the end of its value.
    var lines: Range<Int>
    /// In Unicode scalars, from 0.
    let keyColumn: Int
  }

  /// Reads the head of a file; `path` names it in messages.
  init(_ text: String, path: String) throws(BacklogError) {
    let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(Substring($0)) }
    guard Self.isFence(lines[0], also: "\u{feff}---") else {
      throw .malformed(
        path: path, line: 1, column: 1,
        message: "a task begins with its front matter; write a line \"---\", then \"title: …\", then a line \"---\"")
    }
    guard let end = lines.indices.dropFirst().first(where: { Self.isFence(lines[$0], also: "...") }) else {
      throw .malformed(
        path: path, line: 1, column: 1, message: "the front matter has no end; close it with a line \"---\"")
    }
    self.lines = lines
    self.end = end
    self.path = path
    entries = try Self.entries(in: lines[1..<end], path: path)
  }

  var text: String { lines.joined(separator: "\n") }
  /// The lines after the front matter.
  var body: ArraySlice<String> { lines[(end + 1)...] }

  subscript(key: String) -> Node? { entries.first { $0.key == key }?.value }

  /// A mistake in the value of a key; at the top for a key that is not there.
  func malformed(_ key: String, _ message: String) -> BacklogError {
    let mark = entries.first { $0.key == key }?.value.mark
    return .malformed(path: path, line: (mark?.line ?? 0) + 1, column: mark?.column ?? 1, message: message)
  }

  /// Puts other lines in the place of some, and reads the result again.
  mutating func replaceLines(_ range: Range<Int>, with new: [String]) throws(BacklogError) {
    lines.replaceSubrange(range, with: new)
    if range.lowerBound <= end { end += new.count - range.count }
    entries = try Self.entries(in: lines[1..<end], path: path)
  }

  private static func isFence(_ line: String, also other: String) -> Bool {
    let text = line.trimmingBlanks
    return text == "---" || text == other
  }

  private static func entries(in lines: ArraySlice<String>, path: String) throws(BacklogError) -> [Entry] {
    guard let root = try document(lines.joined(separator: "\n"), path: path) else { return [] }
    guard case .mapping(let mapping) = root else {
      throw .malformed(
        path: path, line: (root.mark?.line ?? 0) + 1, column: root.mark?.column ?? 1,
        message: "the front matter has to be a mapping; write one \"key: value\" a line")
    }
    var entries = mapping.compactMap { key, value -> Entry? in
      // Line 1 of the YAML is the second of the file, which has index 1.
      guard let mark = key.mark, let name = key.scalar?.string else { return nil }
      return Entry(key: name, value: value, lines: mark.line..<mark.line + 1, keyColumn: mark.column - 1)
    }
    guard Set(entries.map(\.lines.lowerBound)).count == entries.count else {
      throw .malformed(path: path, line: 2, column: 1, message: "several keys stand in one line; write one a line")
    }
    for index in entries.indices {
      let start = entries[index].lines.lowerBound
      var stop = index + 1 < entries.count ? entries[index + 1].lines.lowerBound : lines.endIndex
      // Blank lines and comments after a value belong to what follows.
      while stop > start + 1, lines[stop - 1].trimmingBlanks.isEmpty || lines[stop - 1].trimmingBlanks.hasPrefix("#") {
        stop -= 1
      }
      entries[index].lines = start..<stop
    }
    return entries
  }

  private static func document(_ yaml: String, path: String) throws(BacklogError) -> Node? {
    do {
      return try compose(yaml: yaml, .default, .default, .utf8)
    } catch let error as YamlError {
      throw .malformed(yaml: error, path: path)
    } catch {
      throw .malformed(path: path, line: 2, column: 1, message: "the front matter is not YAML: \(error); mend it")
    }
  }
}

extension String {
  /// Without blanks, tabs and a carriage return at both ends.
  var trimmingBlanks: Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return self[first...last]
  }
}

extension BacklogError {
  /// What the YAML parser says about front matter, at its place in the file.
  fileprivate static func malformed(yaml error: YamlError, path: String) -> BacklogError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .malformed(
        path: path, line: mark.line + 1, column: mark.column,
        message: "the front matter is not YAML: \(problem); quote the text or mend the line")
    case .duplicatedKeysInMapping(let keys, let context):
      .malformed(
        path: path, line: context.mark.line + 1, column: context.mark.column,
        message: "the key \"\(keys.first ?? "")\" stands here and again further down; keep one of them")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      .malformed(path: path, line: 2, column: 1, message: "the front matter cannot be read: \(error); mend it")
    }
  }
}
