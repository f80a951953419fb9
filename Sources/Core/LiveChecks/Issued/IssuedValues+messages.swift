import Codings

extension IssuedValues {
  mutating func read(_ request: HTTPRequest) {
    for header in request.headers {
      if header.name.lowercased() == "cookie" {
        for pair in header.value.split(separator: ";") {
          let sides = pair.split(separator: "=", maxSplits: 1)
          if sides.count == 2 {
            readCookie(String(sides[0]).trimmed, String(sides[1]), from: "cookie", isGuarded: false)
          }
        }
      } else {
        read(header, from: "request")
      }
    }
    readPairs(in: Array(request.url.utf8), from: "request")
    addFormats(in: Array(request.url.utf8), from: "request")
    if let body = request.body { addFormats(in: body, from: "request") }
  }

  mutating func read(_ response: HTTPResponse) {
    for header in response.headers {
      if header.name.lowercased() == "set-cookie" {
        guard let cookie = SetCookie(header.value), !cookie.isExpired else { continue }
        readCookie(cookie.name, cookie.value, from: "set-cookie", isGuarded: cookie["HttpOnly"] != nil)
      } else {
        read(header, from: "response")
      }
    }
    // What leads back from a login carries the right to a session.
    if (300..<400).contains(response.status), let location = response.values(of: "Location").first {
      readPairs(in: Array(location.utf8), from: "location") { $0 == "code" }
    }
    readBody(response)
  }

  private mutating func readCookie(_ name: String, _ value: String, from source: String, isGuarded: Bool) {
    let value = value.trimmed.filter { $0 != "\"" }
    if isGuarded || SecretName.isSession(name) || Self.isRandom(value) { add(value, from: source, under: name) }
  }

  /// Long, and of letters and digits in a mixture that no words have.
  private static func isRandom(_ value: String) -> Bool {
    let digits = value.utf8.count { $0 &- 48 < 10 }
    return value.utf8.count >= 24 && digits >= 4 && digits < value.utf8.count && !value.contains(" ")
  }

  private mutating func read(_ header: HTTPHeader, from source: String) {
    let name = header.name.lowercased()
    guard SecretName.isSecret(name) else {
      let (value, source) = (Array(header.value.utf8), name == "location" ? name : source)
      readPairs(in: value, from: source)
      return addFormats(in: value, from: source)
    }
    let words = header.value.split(separator: " ", maxSplits: 1)
    let proof = words.count == 2 && name.hasSuffix("authorization") ? String(words[1]).trimmed : header.value
    add(proof, from: source, under: name)
    if words.first?.lowercased() == "basic", let bytes = Base64.decode(proof) {
      let pair = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
      if pair.count == 2 { add(pair[1], from: source, under: "password") }
    } else if proof.contains("!"), let value = proof.split(separator: "=").last {
      // An API token of Proxmox is named before its value: PVEAPIToken=user@realm!id=value.
      add(value, from: source, under: name)
    }
  }

  private mutating func readBody(_ response: HTTPResponse) {
    guard response.undecoded == nil, !response.body.isEmpty else { return }
    let text = Charset.decode(response) ?? String(decoding: response.body, as: UTF8.self)
    let bytes = Array(text.utf8)
    switch bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): readJSON(bytes)
    case UInt8(ascii: "<"): readMarkup(bytes)
    case _: readWord(bytes, of: response)
    }
    readPairs(in: bytes, from: "response")
    addFormats(in: bytes, from: "response")
  }

  /// An answer that is nothing but one word is what its address is named after.
  private mutating func readWord(_ bytes: [UInt8], of response: HTTPResponse) {
    let path = Address(response.url)?.path ?? ""
    let words = bytes.prefix(8192).split(whereSeparator: { $0 <= 0x20 })
    if bytes.count <= 8192, words.count == 1, let word = words.first,
      let name = path.split(separator: "/").last.map(String.init), SecretName.isSecret(name)
    {
      add(String(decoding: word, as: UTF8.self), from: "response", under: name)
    }
    // Events that are sent as they come: a document a line, behind the name of the field.
    for line in bytes.split(separator: 0x0a) {
      if let start = line.firstIndex(of: UInt8(ascii: "{")), start - line.startIndex <= 16 {
        readJSON(Array(line[start...]))
      }
    }
  }
}
