/// One line `key: value  # comment`, in its three parts.
struct KeyLine {
  /// Up to the colon, or to the blanks after it.
  private let head: Substring
  let value: Substring
  /// The comment with the blanks before it, and a carriage return.
  let tail: Substring

  /// nil when the value does not end in this line.
  init?(_ line: String, keyColumn: Int) {
    let start =
      line.unicodeScalars.index(line.startIndex, offsetBy: keyColumn, limitedBy: line.endIndex) ?? line.endIndex
    guard let colon = Self.colon(after: start, in: line) else { return nil }
    let rest = line[line.unicodeScalars.index(after: colon)...]
    let from = rest.firstIndex { $0 != " " && $0 != "\t" } ?? rest.endIndex
    guard let to = Self.end(of: line[from...]) else { return nil }
    if from == to {
      // Without a value, the blanks belong to the comment.
      head = line[..<rest.startIndex]
      value = ""
      tail = rest
    } else {
      head = line[..<from]
      value = line[from..<to]
      tail = line[to...]
    }
  }

  func replacingValue(with text: String) -> String {
    if text.isEmpty { return String(head.reversed().drop { $0 == " " }.reversed()) + tail }
    return head + (head.hasSuffix(":") ? " " : "") + text + tail
  }

  private static func colon(after start: String.Index, in line: String) -> String.Index? {
    guard let first = line[start...].first else { return nil }
    let scalars = line.unicodeScalars
    guard first == "\"" || first == "'" else { return scalars[start...].firstIndex(of: ":") }
    return quoteEnd(line[start...]).flatMap { scalars[$0...].firstIndex(of: ":") }
  }

  /// Where a value ends that begins at the start of `text`.
  private static func end(of text: Substring) -> String.Index? {
    switch text.first {
    case nil, "#", "\r": return text.startIndex
    case "\"", "'": return quoteEnd(text)
    case "[", "{": return bracketEnd(text)
    case "|", ">": return nil
    case _:
      var end = text.startIndex
      var afterBlank = false
      for index in text.indices {
        if text[index] == "#", afterBlank { break }
        afterBlank = text[index] == " " || text[index] == "\t"
        if !afterBlank, text[index] != "\r" { end = text.index(after: index) }
      }
      return end
    }
  }

  private static func quoteEnd(_ text: Substring) -> String.Index? {
    guard let quote = text.first else { return nil }
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == "\\", quote == "\"" {
        index = next < text.endIndex ? text.index(after: next) : next
      } else if text[index] == quote {
        guard quote == "'", next < text.endIndex, text[next] == "'" else { return next }
        index = text.index(after: next)
      } else {
        index = next
      }
    }
    return nil
  }

  private static func bracketEnd(_ text: Substring) -> String.Index? {
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      switch text[index] {
      case "\"", "'":
        guard let end = quoteEnd(text[index...]) else { return nil }
        index = end
        continue
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      case _: break
      }
      index = text.index(after: index)
      if depth == 0 { return index }
    }
    return nil
  }
}
