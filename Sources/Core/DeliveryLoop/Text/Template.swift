/// Text with `{{names}}` in it, as the configuration has it in messages, file patterns and commands.
package struct Template: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// The names that occur, in order, blanks around them cut off.
  package var names: [String] {
    var names: [String] = []
    _ = expand { name in
      names.append(name)
      return ""
    }
    return names
  }

  /// Puts a value in place of each name; a name without one is left as it stands.
  package func filled(with values: [String: String]) -> String { expand { values[$0] } }

  private func expand(_ value: (String) -> String?) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      let name = String(rest[open.upperBound..<close.lowerBound]).trimmed
      result += rest[..<open.lowerBound]
      result += value(name) ?? String(rest[open.lowerBound..<close.upperBound])
      rest = rest[close.upperBound...]
    }
    return result + rest
  }
}

extension StringProtocol {
  /// Without the white space at both ends.
  package var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
