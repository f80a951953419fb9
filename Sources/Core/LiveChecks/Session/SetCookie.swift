/// One `Set-Cookie` header (RFC 6265, section 5.2).
struct SetCookie {
  let name: String
  let value: String
  let attributes: [(name: String, value: String)]

  /// nil for a header without a name.
  init?(_ header: String) {
    let parts = header.split(separator: ";", omittingEmptySubsequences: false).map(Self.pair)
    guard let first = parts.first, !first.name.isEmpty, header.prefix(while: { $0 != ";" }).contains("=") else {
      return nil
    }
    (name, value) = first
    attributes = Array(parts.dropFirst())
  }

  /// The value of an attribute, empty for one without; nil when it is not there.
  subscript(attribute: String) -> String? {
    attributes.last { $0.name.lowercased() == attribute.lowercased() }?.value
  }

  /// Whether the header takes the cookie away: by an age of nothing or by a date long gone. Nothing here knows the time, and
  /// servers that delete by date take one from the beginning of time.
  var isExpired: Bool {
    if let age = self["Max-Age"].flatMap({ Int($0) }) { return age <= 0 }
    guard let date = self["Expires"] else { return false }
    let years = date.split { !$0.isNumber }.filter { $0.count == 4 }.compactMap { Int($0) }
    return years.first.map { $0 < 2000 } ?? false
  }

  private static func pair(_ text: Substring) -> (name: String, value: String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(sides[0]).trimmed, sides.count > 1 ? String(sides[1]).trimmed : "")
  }
}
