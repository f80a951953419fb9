/// Rows of comma-separated values (RFC 4180), of which no program makes a formula.
package enum CSV {
  /// One record with its line break.
  package static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

  /// A field that a spreadsheet would calculate begins with an apostrophe instead (owasp.org, "CSV Injection").
  private static func field(_ text: String) -> String {
    let text = isFormula(text) ? "'" + text : text
    let isPlain = text.utf8.allSatisfy { ![UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// Spreadsheets take the wide forms of these characters for them, and pass over blanks.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if "\t\r\n".unicodeScalars.contains(first) { return true }
    let shown = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return shown.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
  }
}
