import JSONText

extension Exchange {
  /// Request and response, or why there is none; bodies as text or in base64, with their sizes.
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
    if let body { object["body"] = content(body) }
    return .object(object)
  }
}

extension HTTPResponse {
  fileprivate var json: JSON {
    var object: JSONObject = [
      "version": .string(version), "status": .count(status), "reason": .string(reason), "headers": headers.json,
      "body": content(body), "url": .string(url), "duration_us": .count(duration.microseconds),
    ]
    if let peer { object["peer"] = .string(peer) }
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

/// A body as text where it is UTF-8, in base64 otherwise; its size always.
private func content(_ bytes: [UInt8]) -> JSON {
  if let text = String(validating: bytes, as: UTF8.self) {
    return ["size": .count(bytes.count), "text": .string(text)]
  }
  return ["size": .count(bytes.count), "base64": .string(Base64.encode(bytes))]
}

extension JSON {
  static func count(_ value: Int) -> JSON { .number(JSONNumber(value)) }
}
