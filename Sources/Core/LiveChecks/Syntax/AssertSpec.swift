/// A value to keep under a name.
struct CaptureSpec: Hashable, Sendable {
  let name: TemplateText
  let query: QuerySpec
  let filters: [FilterSpec]
  /// The value is never shown or stored.
  let isRedacted: Bool
  let place: Place
}

/// A statement about a response.
struct AssertSpec: Hashable, Sendable {
  let query: QuerySpec
  let filters: [FilterSpec]
  let predicate: PredicateSpec
  let place: Place
  /// The query with its filters, and the predicate, as they stand in the file.
  let queryText: String
  let predicateText: String
}

/// Where in a response a value is found.
struct QuerySpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case status, version, body, bytes, duration, url, ip, redirects, sha256, md5
    case header(TemplateText)
    /// Without an attribute it is the cookie's value.
    case cookie(TemplateText, CookieAttribute?)
    case certificate(CertificateField)
    case jsonpath(PathText)
    case xpath(TemplateText)
    case regex(PatternText)
    case variable(TemplateText)
  }

  /// What a `Set-Cookie` header may say about its cookie, as it is written in brackets behind the name.
  enum CookieAttribute: String, CaseIterable, Sendable {
    case value = "Value"
    case expires = "Expires"
    case maxAge = "Max-Age"
    case domain = "Domain"
    case path = "Path"
    case secure = "Secure"
    case httpOnly = "HttpOnly"
    case sameSite = "SameSite"
  }

  /// What can be asked of the certificate of the server.
  enum CertificateField: String, CaseIterable, Sendable {
    case subject = "Subject"
    case issuer = "Issuer"
    case startDate = "Start-Date"
    case expireDate = "Expire-Date"
    case serialNumber = "Serial-Number"
    case subjectAltName = "Subject-Alt-Name"
  }

  let kind: Kind
  let place: Place
  /// From the first character of the query to the last, in characters.
  let width: Int
  /// Where its argument stands, its quote included; the place of the query where it takes none.
  let argumentPlace: Place
}

/// A JSONPath, ready at once where it has no templates.
enum PathText: Hashable, Sendable {
  case literal(JSONPath)
  case template(TemplateText)
}

/// A pattern in slashes, ready at once, or in quotes, which may have templates.
enum PatternText: Hashable, Sendable {
  case literal(Pattern)
  case template(TemplateText)
}

/// A step that makes another value of the one it is given.
struct FilterSpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case count, first, last, toInt, toFloat, toString, urlEncode, urlDecode, location
    case base64Decode, base64Encode, base64UrlSafeDecode, base64UrlSafeEncode, utf8Decode, utf8Encode, toHex
    case htmlEscape, htmlUnescape, daysAfterNow, daysBeforeNow
    /// By the name of a charset.
    case decode(TemplateText)
    /// By a format of strftime.
    case toDate(TemplateText)
    case dateFormat(TemplateText)
    case urlQueryParam(TemplateText)
    case nth(IndexSpec)
    case split(TemplateText)
    case replace(TemplateText, TemplateText)
    case regex(PatternText)
    case replaceRegex(PatternText, TemplateText)
    case jsonpath(PathText)
    case xpath(TemplateText)
  }

  let kind: Kind
  let place: Place
  /// From the first character of the filter to the last, in characters.
  let width: Int
  /// Where its first argument stands, its quote included; the place of the filter where it takes none.
  let argumentPlace: Place
}

/// The number of an element; negative ones count from the end.
enum IndexSpec: Hashable, Sendable {
  case literal(Int)
  case variable(Placeholder)
}

/// What must be true of a value.
struct PredicateSpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case equal(ValueSpec)
    case notEqual(ValueSpec)
    case less(ValueSpec)
    case lessOrEqual(ValueSpec)
    case greater(ValueSpec)
    case greaterOrEqual(ValueSpec)
    case startsWith(ValueSpec)
    case endsWith(ValueSpec)
    case contains(ValueSpec)
    case matches(PatternText)
    case exists, isEmpty
    case isType(TypeTest)
  }

  enum TypeTest: String, CaseIterable, Sendable {
    case isBoolean, isInteger, isFloat, isNumber, isString, isList, isObject, isCollection
    case isIsoDate, isDate, isUuid, isIpv4, isIpv6
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
  case file(FileSpec)
}
