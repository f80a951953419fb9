/// Reading the values of options.
extension EntryOptions {
  static func flag(_ text: String) throws(OptionError) -> Bool {
    guard let flag = Bool(text) else { throw OptionError("\"\(text)\" is neither true nor false") }
    return flag
  }

  /// nil stands for -1, without end.
  static func count(_ text: String) throws(OptionError) -> Int? {
    guard let count = Int(text), count >= -1 else { throw OptionError("\"\(text)\" is not a number of times") }
    return count == -1 ? nil : count
  }

  /// In bytes a second.
  static func rate(_ text: String) throws(OptionError) -> Int {
    guard let rate = Int(text), rate > 0 else { throw OptionError("\"\(text)\" is not a number of bytes a second") }
    return rate
  }

  /// A whole number with one of the units ms, s, m and h; the option has one of its own where none is given.
  static func duration(_ text: String, of name: OptionSpec.Name) throws(OptionError) -> Duration {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let count = Int(digits), count < 1_000_000_000 else {
      throw OptionError("\"\(text)\" is not a duration such as 500ms")
    }
    switch digits.endIndex == text.endIndex ? name.durationUnit : String(text[digits.endIndex...]).trimmed {
    case "ms": return .milliseconds(count)
    case "s": return .seconds(count)
    case "m": return .seconds(60 * count)
    case "h": return .seconds(3600 * count)
    default: throw OptionError("\"\(text)\" is not a duration; its units are ms, s, m and h")
    }
  }

  static func header(_ text: String) throws(OptionError) -> HTTPHeader {
    guard let colon = text.firstIndex(of: ":") else { throw OptionError("a header is written name: value") }
    return HTTPHeader(name: String(text[..<colon]).trimmed, value: String(text[text.index(after: colon)...]).trimmed)
  }

  static func file(_ text: String) throws(OptionError) -> String {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw OptionError("the name of a file should stand here") }
    return text
  }

  /// `file` or `file:password`; a colon in the name of the file is written `\:`.
  static func certificate(_ text: String) throws(OptionError) -> (file: String, password: String?) {
    var name = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst(), scalar != ":" {
      if scalar == "\\", let next = rest.first, next == ":" || next == "\\" {
        name.append(next)
        rest.removeFirst()
      } else {
        name.append(scalar)
      }
    }
    return (try file(String(name)), rest.isEmpty ? nil : String(rest))
  }

  /// Parts with colons between them; those of an address of IPv6 stand in brackets.
  static func route(_ text: String, colons: Int, form: String) throws(OptionError) -> String {
    var depth = 0
    var count = 0
    for scalar in text.unicodeScalars {
      if scalar == "[" { depth += 1 } else if scalar == "]" { depth -= 1 }
      if scalar == ":", depth == 0 { count += 1 }
    }
    guard count >= colons else { throw OptionError("\"\(text)\" is not written \(form)") }
    return text
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
