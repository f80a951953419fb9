package import JSONText

extension CheckReport {
  /// The evidence as one JSON document: file and source, every exchange, assert and capture.
  package var json: JSON {
    [
      "format": "waybill-validation/1", "file": .string(file.name), "verdict": .string(verdict.rawValue),
      "source": .string(file.source), "entries": .array(entries.map(\.json)),
    ]
  }
}

extension EntryReport {
  fileprivate var json: JSON {
    [
      "index": JSON(integerLiteral: index), "line": JSON(integerLiteral: line), "tries": JSON(integerLiteral: tries),
      "verdict": .string(verdict.rawValue), "exchanges": .array(exchanges.map(\.json)), "asserts": .array(asserts.map(\.json)),
      "captures": .array(captures.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "failures": .array(
        failures.map {
          [
            "title": .string($0.title), "line": JSON(integerLiteral: $0.place.line),
            "column": JSON(integerLiteral: $0.place.column), "message": .string($0.message),
          ]
        }),
    ]
  }
}

extension AssertReport {
  fileprivate var json: JSON {
    [
      "line": JSON(integerLiteral: place.line), "column": JSON(integerLiteral: place.column), "text": .string(text),
      "passed": .bool(holds), "actual": .string(actual), "expected": .string(expected),
    ]
  }
}

extension Exchange {
  fileprivate var json: JSON {
    var request = JSONObject([
      ("method", .string(self.request.method)), ("url", .string(self.request.url)), ("headers", self.request.headers.json),
    ])
    if let body = self.request.body { request["body"] = content(body) }
    return switch outcome {
    case .response(let response): ["request": .object(request), "response": response.json]
    case .failure(let failure):
      [
        "request": .object(request),
        "failure": [
          "kind": .string(failure.kind.rawValue), "code": JSON(integerLiteral: failure.code), "message": .string(failure.message),
        ],
      ]
    }
  }
}

extension HTTPResponse {
  fileprivate var json: JSON {
    let microseconds = duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
    return [
      "version": .string(version), "status": JSON(integerLiteral: status), "reason": .string(reason), "headers": headers.json,
      "body": content(body), "url": .string(url), "duration_us": JSON(integerLiteral: Int(microseconds)),
      "peer": peer.map { .string($0) } ?? .null,
    ]
  }
}

extension [HTTPHeader] {
  fileprivate var json: JSON { .array(map { ["name": .string($0.name), "value": .string($0.value)] }) }
}

/// A body as text where it is UTF-8, in base64 otherwise; its size always.
private func content(_ bytes: [UInt8]) -> JSON {
  let size = JSON(integerLiteral: bytes.count)
  if let text = String(validating: bytes, as: UTF8.self) { return ["size": size, "text": .string(text)] }
  return ["size": size, "base64": .string(Encoding.base64(bytes))]
}
