/// One line of `[Options]`; its value may hold templates and is read when the entry runs.
struct OptionSpec: Hashable, Sendable {
  enum Name: String, CaseIterable, Sendable {
    case retry
    case retryInterval = "retry-interval"
    case delay, location
    case maxRedirects = "max-redirs"
    case connectTimeout = "connect-timeout"
    case maxTime = "max-time"
    case compressed, skip, `repeat`, variable, user, header
    case caFile = "cacert"
    case verbose
    case veryVerbose = "very-verbose"
  }

  let name: Name
  let value: TemplateText
  let place: Place
  let valuePlace: Place
}

/// What the options of an entry come to once their values are known.
struct EntryOptions: Sendable {
  /// How many more tries there are; nil goes on for ever.
  var retries: Int? = 0
  var retryInterval: Duration = .seconds(1)
  var delay: Duration = .zero
  var followsRedirects = false
  /// nil sets no limit.
  var maxRedirects: Int? = 50
  var isSkipped = false
  var repetitions = 1
  var headers: [HTTPHeader] = []
  var user: String?
  var variables: [(name: String, value: CheckValue)] = []
  var transfer: TransferOptions

  init(transfer: TransferOptions) { self.transfer = transfer }

  /// Takes one option over; throws what is wrong with its value, as a fragment.
  mutating func set(_ name: OptionSpec.Name, to text: String) throws(OptionError) {
    switch name {
    case .retry: retries = try Self.count(text, orForever: true)
    case .retryInterval: retryInterval = try Self.duration(text, unit: "ms")
    case .delay: delay = try Self.duration(text, unit: "ms")
    case .location: followsRedirects = try Self.flag(text)
    case .maxRedirects: maxRedirects = try Self.count(text, orForever: true)
    case .connectTimeout: transfer.connectTimeout = try Self.duration(text, unit: "s")
    case .maxTime: transfer.maxTime = try Self.duration(text, unit: "s")
    case .compressed: transfer.compressed = try Self.flag(text)
    case .skip: isSkipped = try Self.flag(text)
    case .repeat: repetitions = try Self.count(text, orForever: false) ?? 1
    case .user: user = text
    case .caFile: transfer.caFile = text
    case .header:
      guard let colon = text.firstIndex(of: ":") else { throw OptionError(reason: "a header is written name: value") }
      headers.append(
        HTTPHeader(name: String(text[..<colon]).trimmed, value: String(text[text.index(after: colon)...]).trimmed))
    case .variable:
      guard let sign = text.firstIndex(of: "=") else { throw OptionError(reason: "a variable is written name=value") }
      let value = String(text[text.index(after: sign)...]).trimmed
      variables.append((String(text[..<sign]).trimmed, CheckValue(guessing: value)))
    case .verbose, .veryVerbose: _ = try Self.flag(text)
    }
  }

  private static func flag(_ text: String) throws(OptionError) -> Bool {
    guard let flag = Bool(text) else { throw OptionError(reason: "\"\(text)\" is neither true nor false") }
    return flag
  }

  /// nil stands for -1, without end.
  private static func count(_ text: String, orForever: Bool) throws(OptionError) -> Int? {
    guard let count = Int(text), count >= (orForever ? -1 : 0) else {
      throw OptionError(reason: "\"\(text)\" is not a number of times")
    }
    return count == -1 ? nil : count
  }

  /// A whole number with one of the units ms, s, m and h; `unit` holds where none is given.
  private static func duration(_ text: String, unit: String) throws(OptionError) -> Duration {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let count = Int(digits), count < 1_000_000_000 else {
      throw OptionError(reason: "\"\(text)\" is not a duration such as 500ms")
    }
    switch digits.endIndex == text.endIndex ? unit : String(text[digits.endIndex...]).trimmed {
    case "ms": return .milliseconds(count)
    case "s": return .seconds(count)
    case "m": return .seconds(60 * count)
    case "h": return .seconds(3600 * count)
    default: throw OptionError(reason: "\"\(text)\" is not a duration; its units are ms, s, m and h")
    }
  }
}

/// What is wrong with the value of an option.
package struct OptionError: Error, Hashable, Sendable {
  package let reason: String
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
