/// A parsed file of checks: requests, what is expected of their responses, and what is kept of them.
///
/// The format is that of Hurl 7.1 (hurl.dev); what of it is not read yet is an error and never ignored.
package struct CheckFile: Hashable, Sendable {
  package let name: String
  /// The text as it was read, for failures that show a line and for the evidence.
  package let source: String
  let entries: [Entry]

  /// Whether it sends nothing but GET and HEAD.
  package var isReadOnly: Bool { entries.allSatisfy { ["GET", "HEAD"].contains($0.method) } }

  package var requests: Int { entries.count }

  /// Throws the first thing that is wrong, and where.
  package static func parse(_ bytes: [UInt8], name: String) throws(CheckSyntaxError) -> CheckFile {
    guard var source = String(validating: bytes, as: UTF8.self) else {
      throw CheckSyntaxError(
        file: name, place: Place(line: 1, column: 1), message: "the file is not UTF-8", sourceLine: "", width: 1)
    }
    if source.hasPrefix("\u{feff}") { source.removeFirst() }
    var parser = FileParser(source, name: name)
    return CheckFile(name: name, source: source, entries: try parser.entries())
  }
}

/// A line and a column, both from 1, the column in characters.
package struct Place: Hashable, Sendable {
  package let line: Int
  package let column: Int
}

struct Entry: Hashable, Sendable {
  let place: Place
  let method: String
  let url: TemplateText
  var headers: [Field] = []
  var query: [Field] = []
  var form: [Field] = []
  var cookies: [Field] = []
  var basicAuth: Field?
  var options: [Option] = []
  var body: Body?
  var response: ResponseSpec?
}

/// `name: value`.
struct Field: Hashable, Sendable {
  let name: TemplateText
  let value: TemplateText
  let place: Place
}

struct ResponseSpec: Hashable, Sendable {
  /// `1.1` and its like; nil accepts any.
  let version: String?
  let versionPlace: Place
  /// nil accepts any.
  let status: Int?
  let statusPlace: Place
  var headers: [Field] = []
  var captures: [CaptureSpec] = []
  var asserts: [AssertSpec] = []
  var body: Body?
}

enum Body: Hashable, Sendable {
  /// JSON, compared by value.
  case json(TemplateText, Place)
  /// Compared byte by byte.
  case text(TemplateText, type: String?, Place)
  case bytes([UInt8], Place)

  var place: Place {
    switch self {
    case .json(_, let place), .text(_, _, let place), .bytes(_, let place): place
    }
  }
}

struct CaptureSpec: Hashable, Sendable {
  let name: TemplateText
  let query: QuerySpec
  let filters: [FilterSpec]
  let isRedacted: Bool
  let place: Place
}

struct AssertSpec: Hashable, Sendable {
  let query: QuerySpec
  let filters: [FilterSpec]
  let predicate: PredicateSpec
  let place: Place
}

struct QuerySpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case status, version, body, bytes, duration, url, ip
    case header(TemplateText)
    case cookie(TemplateText)
    case jsonpath(TemplateText)
    case regex(PatternText)
    case variable(TemplateText)
  }

  let kind: Kind
  let place: Place
}

/// A pattern in slashes, ready at once, or in quotes, which may have templates.
enum PatternText: Hashable, Sendable {
  case literal(Pattern)
  case template(TemplateText)
}

struct FilterSpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case count, first, last, toInt, toFloat, toString, urlEncode, urlDecode, base64Decode, base64Encode
    case nth(Int)
    case split(TemplateText)
    case replace(TemplateText, TemplateText)
    case regex(PatternText)
    case replaceRegex(PatternText, TemplateText)
    case jsonpath(TemplateText)
  }

  let kind: Kind
  let place: Place
}

struct PredicateSpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case equal(ValueSpec), notEqual(ValueSpec)
    case less(ValueSpec), lessOrEqual(ValueSpec), greater(ValueSpec), greaterOrEqual(ValueSpec)
    case startsWith(ValueSpec), endsWith(ValueSpec), contains(ValueSpec)
    case matches(PatternText)
    case exists, isEmpty
    case isType(TypeTest)
  }

  enum TypeTest: String, CaseIterable, Sendable {
    case isBoolean, isInteger, isFloat, isNumber, isString, isList, isObject, isCollection, isIsoDate, isUuid, isIpv4, isIpv6
  }

  let kind: Kind
  let isNegated: Bool
  let place: Place
}

/// What stands on the right of a comparison.
enum ValueSpec: Hashable, Sendable {
  case value(CheckValue)
  /// A string with templates in it.
  case text(TemplateText)
  /// `{{name}}` alone, which keeps the type.
  case variable(Placeholder)
}

enum Option: Hashable, Sendable {
  case retry(Int)
  case retryInterval(Duration)
  case delay(Duration)
  case location(Bool)
  case maxRedirects(Int)
  case connectTimeout(Duration)
  case maxTime(Duration)
  case compressed(Bool)
  case skip(Bool)
  case variable(String, TemplateText)
}
