import JSONText

extension SecretSet {
  /// Masks secrets in a whole document, and what was JSON is JSON afterwards, as are the documents within its strings.
  ///
  /// A mask is harmless in a string, in a name, and in the text and the attributes of XML. Where it would take the place of a
  /// number it becomes a string; a document that no mask can be put into is kept as one string.
  package func redact(document bytes: [UInt8]) -> RedactedBytes {
    let masked = redact(bytes)
    guard masked.bytes != bytes, let json = try? JSON.parse(bytes) else { return masked }
    let (walked, isReshaped) = redacted(json)
    if !isReshaped, (try? JSON.parse(masked.bytes)) != nil { return masked }
    // Once more as a whole: a secret may stand across the strings of a document.
    let whole = redact(Array(walked.compact.utf8))
    if (try? JSON.parse(whole.bytes)) != nil { return whole }
    return RedactedBytes(Array(JSON.string(masked.text.text).compact.utf8))
  }

  /// The same for a value, and whether more than the text of strings had to change.
  private func redacted(_ json: JSON) -> (JSON, isReshaped: Bool) {
    switch json {
    case .null, .bool: return (json, false)
    case .number(let number):
      let kept = redact(number.literal).text
      return kept == number.literal ? (json, false) : (.string(kept), true)
    case .string(let text): return redactedText(text)
    case .array(let elements):
      let kept = elements.map(redacted)
      return (.array(kept.map(\.0)), kept.contains(where: \.isReshaped))
    case .object(let object):
      let kept = object.members.map { (redact($0.name).text, redacted($0.value)) }
      return (.object(JSONObject(kept.map { ($0, $1.0) })), kept.contains { $1.isReshaped })
    }
  }

  private func redactedText(_ text: String) -> (JSON, isReshaped: Bool) {
    let kept = redact(text).text
    guard kept != text, text.first == "{" || text.first == "[", (try? JSON.parse(text)) != nil else {
      return (.string(kept), false)
    }
    let inner = redact(document: Array(text.utf8)).text.text
    return (.string(inner), inner != kept)
  }
}

extension SecretSet {
  /// The names of secrets whose masks stand in some bytes.
  package func names(maskedIn bytes: [UInt8]) -> Set<String> {
    let known = Set(names)
    let start = Array("[redacted:".utf8)
    var found: Set<String> = []
    var rest = bytes[...]
    while let bracket = rest.firstIndex(of: start[0]) {
      rest = rest[bracket...]
      if rest.starts(with: start) {
        let name = String(decoding: rest.dropFirst(start.count).prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self)
        if known.contains(name) { found.insert(name) }
      }
      rest = rest.dropFirst()
    }
    return found
  }
}
