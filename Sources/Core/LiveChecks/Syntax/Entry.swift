/// A line and a column, both from 1, the column in characters.
package struct Place: Hashable, Sendable {
  package let line: Int
  package let column: Int
}

/// One request and what is expected of its response.
struct Entry: Hashable, Sendable {
  let place: Place
  let method: String
  let url: TemplateText
  let urlPlace: Place
  var headers: [Field] = []
  var query: [Field] = []
  var form: [Field] = []
  var multipart: [PartSpec] = []
  var cookies: [Field] = []
  var basicAuth: Field?
  var options: [OptionSpec] = []
  var body: BodySpec?
  var response: ResponseSpec?
}

/// `name: value`.
struct Field: Hashable, Sendable {
  let name: TemplateText
  let value: TemplateText
  let place: Place
  let valuePlace: Place
}

/// What is expected of a response and kept of it.
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
  var body: BodySpec?
}

/// The body of a request, or the one that a response must have.
struct BodySpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// JSON, compared by value.
    case json(TemplateText)
    /// Compared character by character; `type` is the content type that comes with it.
    case text(TemplateText, type: String?)
    /// A GraphQL query and its variables, which are JSON.
    case graphql(TemplateText, variables: TemplateText?)
    case bytes([UInt8])
    case file(FileSpec)
  }

  let kind: Kind
  let place: Place
}

/// One part of a body of several.
enum PartSpec: Hashable, Sendable {
  case text(Field)
  /// `type` is guessed from the name of the file where it is nil.
  case file(name: TemplateText, FileSpec, type: TemplateText?, place: Place)
}

/// A file that is named between `file,` and `;`.
struct FileSpec: Hashable, Sendable {
  let name: TemplateText
  let place: Place
  /// Of the name as it stands there, in characters.
  let width: Int
}
