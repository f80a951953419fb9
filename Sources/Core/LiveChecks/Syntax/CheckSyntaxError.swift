/// What is wrong with a file of checks, and where.
package struct CheckSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was being read, in the words that users of the format know.
  package enum Kind: String, CaseIterable, Sendable {
    case encoding = "Parsing UTF-8"
    case method = "Parsing method"
    case url = "Parsing URL"
    case version = "Parsing version"
    case status = "Parsing status code"
    case requestSection = "Parsing request section name"
    case responseSection = "Parsing response section name"
    case section = "Parsing section"
    case option = "Parsing option"
    case durationUnit = "Parsing duration unit"
    case query = "Parsing query"
    case cookieAttribute = "Parsing cookie attribute"
    case certificateField = "Parsing certificate field"
    case filter = "Parsing filter"
    case predicate = "Parsing predicate"
    case predicateValue = "Parsing predicate value"
    case jsonpath = "Parsing JSONPath expression"
    case regex = "Parsing regex"
    case variable = "Parsing template variable"
    case escape = "Parsing escape character"
    case multiline = "Parsing multiline string"
    case graphQLVariables = "Parsing GraphQL variables"
    case json = "Parsing JSON"
    case xml = "Parsing XML"
    case fileName = "Parsing filename"
    case bytes = "Parsing bytes"
    case literal = "Parsing literal"
  }

  package let kind: Kind
  package let file: String
  package let place: Place
  /// Lower case, with a suggestion where there is one.
  package let message: String
  package let sourceLine: String
  /// How many characters the carets underline.
  let width: Int

  package var line: Int { place.line }
  package var column: Int { place.column }

  /// The block that users of the format know: kind, place, line and carets.
  package var description: String {
    SourceBlock(
      title: "error: \(kind.rawValue)", file: file, place: place, line: sourceLine, width: max(1, width),
      message: message
    ).text
  }
}
