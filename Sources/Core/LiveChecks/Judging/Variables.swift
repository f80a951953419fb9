import JSONText

/// The variables of a session, and the filling of placeholders with them.
struct Variables: Sendable {
  private(set) var values: [String: CheckValue]
  var functions: FunctionSource
  /// What stands for values that are not known; nil where a file is carried out.
  private var blanks: Blanks?
  private var unknown: Set<String> = []

  init(_ values: [String: CheckValue], functions: FunctionSource = FunctionSource()) {
    self.values = values
    self.functions = functions
  }

  mutating func set(_ name: String, to value: CheckValue) { values[name] = value }

  /// From now on these names, and functions, stand for blanks.
  mutating func leaveBlank(_ names: Set<String>, _ blanks: Blanks) {
    self.blanks = blanks
    unknown.formUnion(names)
  }

  func value(of placeholder: Placeholder) throws(CheckFailure) -> CheckValue {
    if let blanks, placeholder.function != nil || unknown.contains(placeholder.name) {
      return .string(blanks.text(for: placeholder.name))
    }
    if let function = placeholder.function { return .string(try functions.value(of: function, at: placeholder)) }
    if let value = values[placeholder.name] { return value }
    let near = suggestion(for: placeholder.name, among: values.keys.sorted()).map { "; did you mean \"\($0)\"?" }
    throw CheckFailure(
      kind: .runtime, title: "Undefined variable", place: placeholder.place, width: placeholder.name.count,
      message: "there is no variable \"\(placeholder.name)\"\(near ?? "; pass or capture it first")")
  }

  func fill(_ text: TemplateText) throws(CheckFailure) -> String {
    if let literal = text.literal { return literal }
    var result = ""
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): result += literal
      case .placeholder(let placeholder): result += shown(try value(of: placeholder), in: placeholder.surroundings)
      }
    }
    return result
  }

  private func shown(_ value: CheckValue, in surroundings: Placeholder.Surroundings) -> String {
    switch surroundings {
    case .text: value.text
    case .jsonString: String(JSON.string(value.text).compact.dropFirst().dropLast())
    // A string may hold a whole document and then stands for it, as in the format's own tool.
    case .jsonValue:
      value.string.map { (try? JSON.parse($0)) != nil ? $0 : JSON.string($0).compact } ?? value.json.compact
    }
  }
}
