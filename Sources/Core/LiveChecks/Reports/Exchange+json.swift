import JSONText

extension Exchange {
  /// Request and response, or why there is none; bodies as text, with their sizes.
  var json: JSON {
    let answer: (String, JSON) =
      switch outcome {
      case .response(let response): ("response", response.json)
      case .failure(let failure): ("failure", failure.json)
      }
    return .object(JSONObject([("request", request.json), answer]))
  }
}

extension HTTPRequest {
  fileprivate var json: JSON {
    var object: JSONObject = ["method": .string(method), "url": .string(url), "headers": headers.json]
    if let body { object["body"] = BodyRecord(body, as: String(validating: body, as: UTF8.self)).json }
    return .object(object)
  }
}

extension HTTPResponse {
  fileprivate var json: JSON {
    var object: JSONObject = [
      "version": .string(version), "status": .count(status), "reason": .string(reason), "headers": headers.json,
      "body": BodyRecord(body, as: Charset.decode(self), undecoded).json, "url": .string(url),
      "duration_us": .count(duration.microseconds),
    ]
    if let timings { object["timings_us"] = timings.json }
    if let peer { object["peer"] = .string(peer) }
    if let certificate { object["certificate"] = certificate.json }
    if let tls { object["tls"] = tls.json }
    return .object(object)
  }
}

extension TransferFailure {
  fileprivate var json: JSON {
    ["kind": .string(kind.rawValue), "code": .count(code), "message": .string(message)]
  }
}

extension [HTTPHeader] {
  fileprivate var json: JSON { .array(map { ["name": .string($0.name), "value": .string($0.value)] }) }
}

extension JSON {
  static func count(_ value: Int) -> JSON { .number(JSONNumber(value)) }
}
