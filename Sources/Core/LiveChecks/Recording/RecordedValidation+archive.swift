import Codings
package import JSONText

extension RecordedValidation {
  /// The exchanges of an HTTP Archive 1.2 (softwareishard.com/blog/har-12-spec), of this program or any other, for a file of
  /// checks to be judged by: calls that the file does not make are passed over.
  ///
  /// - Parameters:
  ///   - variables: with which the file begins; an archive has none.
  package init(
    archive json: JSON, named name: String, variables: [String: CheckValue] = [:]
  ) throws(Unreadable) {
    guard let log = json["log"], let entries = log["entries"]?.array else {
      throw Unreadable(reason: "is no HTTP Archive: it has no \"log.entries\"")
    }
    guard let version = log["version"]?.string, version.hasPrefix("1.") else {
      throw Unreadable(reason: "is an HTTP Archive of another version than 1.2")
    }
    var exchanges: [RecordedExchange] = []
    for (index, entry) in entries.enumerated() {
      guard let exchange = RecordedExchange(archived: entry) else {
        throw Unreadable(reason: "has an entry without method, address or response: log.entries[\(index)]")
      }
      exchanges.append(exchange)
    }
    let times = entries.compactMap { $0["startedDateTime"]?.string.flatMap { Moment(rfc3339: $0) } }
    self.init(
      name: name, exchanges: exchanges, variables: variables, ticks: times.sorted { $0.microseconds < $1.microseconds })
  }
}

extension RecordedExchange {
  fileprivate init?(archived entry: JSON) {
    guard let method = entry["request"]?["method"]?.string, let url = entry["request"]?["url"]?.string,
      let response = entry["response"]
    else { return nil }
    let milliseconds = entry["time"]?.number?.double ?? 0
    let duration = Duration.microseconds((0...1e9).contains(milliseconds) ? Int(milliseconds * 1000) : 0)
    self.init(method: method, url: url, outcome: Self.outcome(response, entry, url, duration))
  }

  private static func outcome(_ response: JSON, _ entry: JSON, _ url: String, _ duration: Duration) -> TransferOutcome?
  {
    if let error = entry["_error"], error["kind"] != nil || response["status"]?.int == 0 {
      return .failure(
        TransferFailure(
          kind: error["kind"]?.string.flatMap(TransferFailure.Kind.init) ?? .other, code: error["code"]?.int ?? 0,
          message: error["message"]?.string ?? error.string ?? "there was no answer"))
    }
    guard let status = response["status"]?.int, status > 0 else {
      return .failure(TransferFailure(kind: .other, message: "there was no answer"))
    }
    let headers = (response["headers"]?.array ?? []).compactMap { header -> HTTPHeader? in
      guard let name = header["name"]?.string, let value = header["value"]?.string else { return nil }
      return HTTPHeader(name: name, value: value)
    }
    guard let body = body(response["content"], headers) else { return nil }
    return .response(
      HTTPResponse(
        version: version(response["httpVersion"]?.string), status: status,
        reason: response["statusText"]?.string ?? "", headers: headers, body: body, url: url, duration: duration))
  }

  /// Browsers write `HTTP/1.1`, `HTTP/2`, `h2` and `http/2.0`.
  private static func version(_ text: String?) -> String {
    switch text?.lowercased() ?? "" {
    case let text where text.hasSuffix("1.0"): "1.0"
    case let text where text.hasSuffix("2") || text.hasSuffix("2.0"): "2"
    case let text where text.hasSuffix("3") || text.hasSuffix("3.0"): "3"
    default: "1.1"
    }
  }

  /// nil where the archive has not what came: the text of another charset is in it as Unicode, and a size without a text.
  private static func body(_ content: JSON?, _ headers: [HTTPHeader]) -> [UInt8]? {
    guard let text = content?["text"]?.string else { return (content?["size"]?.int ?? 0) <= 0 ? [] : nil }
    if content?["encoding"]?.string == "base64" { return Base64.decode(text) }
    let type = headers.last { $0.name.lowercased() == "content-type" }?.value.lowercased() ?? ""
    let isUnicode = !type.contains("charset=") || type.contains("utf-8") || type.contains("utf8")
    let bytes = Array(text.utf8)
    return isUnicode || bytes.allSatisfy { $0 < 0x80 } ? bytes : nil
  }
}
