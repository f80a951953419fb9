/// Shows a place in a file as users of the format know it: what, where, the line, and carets or words below it.
struct SourceBlock {
  /// `error: ` and what kind of one.
  let title: String
  let file: String
  let place: Place
  /// The request to which the line belongs; nil where the line is the request, or there is none.
  var request: String?
  let line: String
  let width: Int
  let message: String

  var text: String {
    let number = String(place.line)
    let margin = String(repeating: " ", count: max(2, number.count))
    var lines = [title, "\(margin)--> \(file):\(place.line):\(place.column)", "\(margin) |"]
    if let request { lines += ["\(margin) | \(request)", "\(margin) | ..."] }
    lines.append("\(margin.dropFirst(number.count))\(number) | \(line)")
    if width > 0 {
      // Tabs stay tabs, or the carets would stand elsewhere.
      let lead = line.unicodeScalars.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      lines.append("\(margin) | \(lead)\(String(repeating: "^", count: width)) \(message)")
    } else {
      lines += message.split(separator: "\n").map { "\(margin) |   \($0)" }
    }
    lines.append("\(margin) |")
    return lines.joined(separator: "\n")
  }
}
