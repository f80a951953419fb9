/// What shells, SQL, YAML, forms and terminals make of a value: other quotes, other blanks, other ends of lines.
enum QuotedForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    return [
      replacing("'", in: value, with: "'\\''"),
      replacing("'", in: value, with: "'\"'\"'"),
      replacing("'", in: value, with: "''"),
      replacing("\"", in: value, with: "\"\""),
      replacing(" ", in: value, with: "+"),
      replacing("\n", in: value, with: "\r\n"),
      replacing("\n", in: value, with: "\r\r\n"),
      replacing("\n", in: value, with: " "),
    ]
  }

  private static func replacing(_ mark: Unicode.Scalar, in value: [UInt8], with text: String) -> [UInt8] {
    value.flatMap { $0 == UInt8(ascii: mark) ? Array(text.utf8) : [$0] }
  }
}
