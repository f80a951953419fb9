/// A cookie as a response sets it, with its attributes in the order and the spelling of the header.
package struct ResponseCookie: Hashable, Sendable {
  package struct Attribute: Hashable, Sendable {
    package let name: String
    /// Empty for one without.
    package let value: String
  }

  package let name: String
  package let value: String
  package let attributes: [Attribute]
}

extension HTTPResponse {
  /// The media type with its parameters.
  package var contentType: String? { values(of: "Content-Type").last }

  package var cookies: [ResponseCookie] {
    values(of: "Set-Cookie").compactMap(SetCookie.init).map { cookie in
      ResponseCookie(
        name: cookie.name, value: cookie.value,
        attributes: cookie.attributes.map { ResponseCookie.Attribute(name: $0.name, value: $0.value) })
    }
  }
}

extension HTTPRequest {
  /// The cookies that it sends.
  package var cookies: [(name: String, value: String)] {
    headers.filter { $0.name.lowercased() == "cookie" }.flatMap { header in
      header.value.split(separator: ";").map { Self.pair($0.drop { $0 == " " }) }
    }
  }

  /// The fields of the query in its address, decoded.
  package var query: [(name: String, value: String)] {
    guard let mark = url.firstIndex(of: "?") else { return [] }
    return url[url.index(after: mark)...].prefix { $0 != "#" }.split(separator: "&").map { field in
      let (name, value) = Self.pair(field)
      return (Percent.decode(name) ?? name, Percent.decode(value) ?? value)
    }
  }

  private static func pair(_ text: Substring) -> (name: String, value: String) {
    guard let sign = text.firstIndex(of: "=") else { return (String(text), "") }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }
}
