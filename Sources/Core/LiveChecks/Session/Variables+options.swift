extension Variables {
  /// The options of an entry over those that hold for all. Variables that options set stay set for the entries that follow.
  mutating func options(of entry: Entry, over defaults: EntryOptions) throws(CheckFailure) -> EntryOptions {
    var options = defaults
    for option in entry.options {
      let text = try fill(option.value)
      if let name = option.variable {
        // What is put together from other values is text, whatever it looks like.
        let isText = name.isQuoted || option.value.literal == nil
        set(name.text, to: isText ? .string(text) : CheckValue(guessing: text))
      }
      do {
        try options.set(option.name, to: text)
      } catch {
        throw failure(error, of: option)
      }
      if option.name == .output { options.output = try output(text, of: option) }
    }
    return options
  }

  private func failure(_ error: OptionError, of option: OptionSpec) -> CheckFailure {
    switch error.kind {
    case .value:
      CheckFailure(
        kind: .runtime, title: "Invalid option", place: option.valuePlace, width: max(1, option.value.source.count),
        message: error.reason)
    case .policy:
      CheckFailure(
        kind: .policy, title: "Refused by policy", place: option.place, width: option.name.rawValue.count,
        message: error.reason)
    }
  }

  /// A file is written where it may be read: below the folder of the file of checks.
  private func output(_ name: String, of option: OptionSpec) throws(CheckFailure) -> String {
    if name == "-" { return name }
    guard let path = GivenFiles.path(below: name) else {
      throw CheckFailure(
        kind: .runtime, title: "Unauthorized file access", place: option.valuePlace,
        width: max(1, option.value.source.count),
        message: "\"\(name)\" is not below the folder of this file; write it there")
    }
    return path
  }
}
