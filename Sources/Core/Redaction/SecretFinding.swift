/// Where a secret stands in some bytes, and how it was written there; never its value.
package struct SecretFinding: Hashable, Sendable {
  package let name: String
  package let form: SecretForm
  /// Offsets of bytes.
  package let range: Range<Int>
}

/// How a secret was written where it was found.
package enum SecretForm: String, CaseIterable, Sendable {
  case verbatim, line, base64, hex, percent, json, escaped, quoted, entities, utf16
  /// With line breaks or colours in it.
  case broken
}
