extension FileParser {
  mutating func options() throws(CheckSyntaxError) -> [OptionSpec] {
    var options: [OptionSpec] = []
    while isKeyAhead() { options.append(try option()) }
    return options
  }

  private mutating func option() throws(CheckSyntaxError) -> OptionSpec {
    let start = cursor.index
    let word = try key().source
    guard let name = OptionSpec.Name(rawValue: word) else {
      let message = "\"\(word)\" is not an option\(hint(for: word, among: OptionSpec.Name.allCases.map(\.rawValue)))"
      throw cursor.error(.option, message, at: start, width: max(1, word.unicodeScalars.count))
    }
    let variable = name == .variable ? try variableName() : nil
    let valueStart = cursor.index
    let isQuoted = name == .variable && cursor.current == "\""
    let value: TemplateText
    if isQuoted {
      value = try quotedText()
      try endLine()
    } else {
      value = try valueText(marked: name == .certificate ? ":" : nil)
    }
    let option = OptionSpec(
      name: name, value: value, variable: variable.map { .init(text: $0, isQuoted: isQuoted) },
      place: cursor.place(at: start), valuePlace: cursor.place(at: valueStart))
    try verify(option, at: valueStart)
    return option
  }

  /// `name=` in front of a variable's value.
  private mutating func variableName() throws(CheckSyntaxError) -> String {
    let start = cursor.index
    let name = cursor.takeWhile { Self.isWordPart($0) || $0 == "-" }
    blanks("")
    guard !name.isEmpty, cursor.take("=") else {
      throw cursor.error(.option, "a variable is written name=value", at: start)
    }
    blanks("")
    try refuseFunction(name, at: start)
    return name
  }

  /// The name of a function never stands for a variable.
  func refuseFunction(_ name: String, at start: Int) throws(CheckSyntaxError) {
    guard Placeholder.Function(rawValue: name) != nil else { return }
    throw cursor.error(
      .variable, "\"\(name)\" is a function; give the variable another name", at: start, width: name.count)
  }

  /// A value without templates is looked at before anything is sent.
  private mutating func verify(_ option: OptionSpec, at start: Int) throws(CheckSyntaxError) {
    guard let text = option.value.literal else { return }
    let width = text.unicodeScalars.count
    if let unit = option.name.durationUnit, Int(text) != nil {
      warn(.missingUnit, "\(text) means \(text)\(unit); write the unit", at: start, width: width)
    }
    var trial = EntryOptions()
    do {
      try trial.set(option.name, to: text)
    } catch {
      // What policy refuses is well written; it is refused when it is to be carried out.
      guard error.kind == .value else { return }
      throw cursor.error(
        option.name.durationUnit == nil ? .option : .durationUnit, error.reason, at: start, width: max(1, width))
    }
  }
}
