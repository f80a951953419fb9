/// Cookies in the format of Netscape, as curl reads and writes them (curl.se/docs/http-cookies.html): seven columns with tabs
/// between them.
package enum CookieFile {
  private static let guarded = "#HttpOnly_"

  /// The cookies of a file; throws the number of the first line that is none, from 1.
  package static func parse(_ text: String) throws(BadLine) -> [StoredCookie] {
    var cookies: [StoredCookie] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var row = line
      if row.hasPrefix(guarded) { row = row.dropFirst(guarded.count) } else if row.hasPrefix("#") { continue }
      if row.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      let columns = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 7, !columns[0].isEmpty, !columns[5].isEmpty, Int(columns[4]) != nil else {
        throw BadLine(number: index + 1)
      }
      cookies.append(
        StoredCookie(
          name: columns[5], value: columns[6], domain: String(columns[0].drop { $0 == "." }).lowercased(),
          isHostOnly: columns[1].uppercased() != "TRUE", path: columns[2], isSecure: columns[3].uppercased() == "TRUE"))
    }
    return cookies
  }

  package struct BadLine: Error, Hashable, Sendable {
    package let number: Int
  }

  /// All of them as cookies of a session, which end when the program does.
  package static func text(_ cookies: [StoredCookie]) -> String {
    let rows = cookies.map { cookie in
      [
        cookie.isHostOnly ? cookie.domain : ".\(cookie.domain)", cookie.isHostOnly ? "FALSE" : "TRUE", cookie.path,
        cookie.isSecure ? "TRUE" : "FALSE", "0", cookie.name, cookie.value,
      ].joined(separator: "\t") + "\n"
    }
    return "# Netscape HTTP Cookie File\n\n" + rows.joined()
  }
}
