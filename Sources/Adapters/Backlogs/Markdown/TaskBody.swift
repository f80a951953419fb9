/// The Markdown under the front matter: what is to be done, and the list of what has to hold then.
struct TaskBody {
  private(set) var lines: [String]
  /// Lines of the acceptance section, its heading included; empty without one.
  private let section: Range<Int>
  /// Lines that stand in a fenced block of code.
  private let code: Set<Int>

  init(_ lines: some Sequence<String>) {
    self.lines = Array(lines)
    var code: Set<Int> = []
    var fence: Substring?
    var start: Int?
    var end: Int?
    for (index, line) in self.lines.enumerated() {
      let text = line.trimmingBlanks
      let mark = text.prefix { $0 == "`" || $0 == "~" }
      if let open = fence {
        code.insert(index)
        if mark.hasPrefix(open), text == mark { fence = nil }
      } else if mark.count >= 3 {
        code.insert(index)
        fence = mark
      } else if let heading = Self.heading(text), heading.level <= 2 {
        if start != nil, end == nil { end = index }
        if start == nil, Self.titles.contains(heading.title.lowercased()) { start = index }
      }
    }
    let count = self.lines.count
    section = start.map { $0..<(end ?? count) } ?? 0..<0
    self.code = code
  }

  /// Everything outside of the acceptance section.
  var description: String {
    let outside = lines.indices.filter { !section.contains($0) }.map { lines[$0] }
    return outside.map { $0.utf8.last == 0x0d ? String($0.dropLast()) : $0 }.joined(separator: "\n").trimmedLines
  }

  var acceptance: [String] {
    let list = section.dropFirst().filter { !code.contains($0) }.map { String(lines[$0].trimmingTrailingReturn) }
    let items = list.filter { !$0.trimmingBlanks.hasPrefix("<!--") }
    // A sentence before the list introduces it.
    let criteria = items.firstIndex(where: Self.isBullet).map { items[$0...] } ?? items[...]
    return CriteriaList.items(criteria.joined(separator: "\n"))
  }

  /// The text of the first heading.
  var title: String? {
    lines.indices.lazy.filter { !code.contains($0) }.compactMap { Self.heading(lines[$0].trimmingBlanks)?.title }.first
  }

  /// Ticks every box of the acceptance section.
  mutating func tick() {
    for index in section where !code.contains(index) {
      let text = lines[index].trimmingBlanks
      guard ["- [ ]", "* [ ]", "+ [ ]"].contains(where: { text.hasPrefix($0) }),
        let box = lines[index].firstRange(of: "[ ]")
      else { continue }
      lines[index].replaceSubrange(box, with: "[x]")
    }
  }

  private static let titles = ["acceptance", "acceptance criteria"]

  private static func isBullet(_ line: String) -> Bool {
    ["- ", "* ", "+ "].contains { line.trimmingBlanks.hasPrefix($0) }
  }

  private static func heading(_ line: Substring) -> (level: Int, title: String)? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
    return (level, String(line.dropFirst(level)).trimmingBlanks.description)
  }
}

extension String {
  fileprivate var trimmingTrailingReturn: Substring { utf8.last == 0x0d ? dropLast() : self[...] }

  /// Without empty lines at both ends.
  fileprivate var trimmedLines: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
      let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return "" }
    return lines[first...last].joined(separator: "\n")
  }
}
