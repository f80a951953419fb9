import JSONText

/// The variables of a session, and the filling of placeholders with them.
struct Variables: Sendable {
  private(set) var values: [String: CheckValue]

  init(_ values: [String: CheckValue]) { self.values = values }

  mutating func set(_ name: String, to value: CheckValue) { values[name] = value }

  func value(of placeholder: Placeholder) throws(CheckProblem) -> CheckValue {
    guard let value = values[placeholder.name] else {
      let hint = nearest(placeholder.name, among: Array(values.keys).sorted()).map { "; did you mean \"\($0)\"?" } ?? ""
      throw CheckProblem(
        title: "Undefined variable", place: placeholder.place, width: placeholder.name.count,
        message: "there is no variable \"\(placeholder.name)\"\(hint)")
    }
    return value
  }

  func fill(_ text: TemplateText) throws(CheckProblem) -> String {
    try join(text) { value throws(CheckProblem) in value.text }
  }

  /// Inside the strings of a JSON text values are escaped, elsewhere they stand as JSON.
  func fillJSON(_ text: TemplateText) throws(CheckProblem) -> String {
    var result = ""
    var isInString = false
    for piece in text.pieces {
      switch piece {
      case .literal(let literal):
        result += literal
        isInString = Self.endsInString(literal, from: isInString)
      case .placeholder(let placeholder):
        let value = try value(of: placeholder)
        result += isInString ? String(JSON.string(value.text).compact.dropFirst().dropLast()) : Self.bare(value)
      }
    }
    return result
  }

  /// A string variable may hold a whole document; bare in a body it stands for that, as in the format's own tool.
  private static func bare(_ value: CheckValue) -> String { value.text }

  private static func endsInString(_ literal: String, from start: Bool) -> Bool {
    var isInString = start
    var isEscaped = false
    for byte in literal.utf8 {
      if isEscaped { isEscaped = false } else if byte == 0x5c { isEscaped = isInString } else if byte == 0x22 { isInString.toggle() }
    }
    return isInString
  }

  private func join(
    _ text: TemplateText, _ show: (CheckValue) throws(CheckProblem) -> String
  ) throws(CheckProblem) -> String {
    var result = ""
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): result += literal
      case .placeholder(let placeholder): result += try show(try value(of: placeholder))
      }
    }
    return result
  }
}

/// Something that keeps an entry from being carried out or judged, and where it stands in the file.
struct CheckProblem: Error, Hashable, Sendable {
  let title: String
  let place: Place
  let width: Int
  let message: String
}
