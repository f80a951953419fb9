extension EntryReport {
  /// The blocks of its failures and the beginning of the response; empty when there are none.
  func rendering(in file: CheckFile) -> String {
    guard !failures.isEmpty else { return "" }
    return (blocks(in: file) + [answer].compactMap { $0 }).joined(separator: "\n") + "\n"
  }

  /// One block for each of its failures.
  func blocks(in file: CheckFile) -> [String] {
    let lines = file.source.parts(separatedBy: "\n")
    return failures.map { failure in
      let place = failure.place
      let line = place.line <= lines.count ? lines[place.line - 1].filter { $0 != "\r" } : ""
      return SourceBlock(
        title: "error: \(failure.title)", file: file.name, place: place,
        request: place.line == self.line ? nil : requestLine, line: line, width: failure.width,
        message: failure.message
      ).text
    }
  }

  /// The first lines of what came last, so that a failure can be understood without asking again.
  private var answer: String? {
    guard let exchange = exchanges.last, let response = exchange.response else { return nil }
    let tried = tries > 1 ? ", after \(tries) tries" : ""
    let head =
      "response to \(exchange.request.method) \(exchange.request.url)\(tried): HTTP/\(response.version) \(response.status)"
    return ([head] + excerpt(of: response.body)).joined(separator: "\n  ")
  }

  private func excerpt(of body: [UInt8]) -> [String] {
    guard !body.isEmpty else { return ["(no body)"] }
    guard let text = String(validating: body, as: UTF8.self) else { return ["(\(body.count) bytes that are not text)"] }
    var lines = text.parts(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    let shown = lines.prefix(15).map { CheckValue.excerpt($0.filter { $0 != "\r" }) }
    return lines.count > 15 ? shown + ["… (\(body.count) bytes in all)"] : shown
  }
}
