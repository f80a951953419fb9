/// The text of a body by the charset of its `Content-Type`; UTF-8 where none is named.
enum Charset {
  /// nil when the bytes are not valid in it, or when it is not known.
  static func decode(_ response: HTTPResponse) -> String? {
    if response.undecoded != nil { return nil }
    return switch name(in: response.values(of: "Content-Type").last ?? "") {
    case "", "utf-8", "utf8", "us-ascii", "ascii": String(validating: response.body, as: UTF8.self)
    case "iso-8859-1", "latin1": String(String.UnicodeScalarView(response.body.map { Unicode.Scalar($0) }))
    default: nil
    }
  }

  private static func name(in contentType: String) -> String {
    for parameter in contentType.lowercased().split(separator: ";").dropFirst() {
      let parts = String(parameter).trimmed.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == "charset" { return parts[1].filter { $0 != "\"" } }
    }
    return ""
  }
}
