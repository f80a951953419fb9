import Codings
import DeliveryLoop
package import JSONText
import LiveChecks

/// Exchanges as an HTTP Archive 1.2 (softwareishard.com/blog/har-12-spec), which browsers' tools open.
///
/// Members that the format does not know begin with `_`: file, entry, line and attempt, and why there was no response.
package enum HARDocument {
  package static func document(of files: [CheckedFile], creator version: String) -> JSON {
    let entries = files.flatMap { file in
      guard let report = file.report else { return [JSON]() }
      return report.entries.flatMap { entry in
        entry.attempts.flatMap { attempt in
          attempt.exchanges.map { report.masked(self.entry($0, of: entry, attempt.number, in: file.name)) }
        }
      }
    }
    return [
      "log": [
        "version": "1.2", "creator": ["name": "waybill", "version": .string(version)], "entries": .array(entries),
      ]
    ]
  }

  private static func entry(_ exchange: Exchange, of entry: EntryReport, _ attempt: Int, in file: String) -> JSON {
    let (request, response) = (exchange.request, exchange.response)
    let timings = response?.timings
    var object: JSONObject = [
      "startedDateTime": .string(TransferTimings.text(timings?.began ?? 0)), "time": milliseconds(timings?.total ?? 0),
      "request": self.request(request, version: response?.version ?? "1.1"),
      "response": response.map(self.response) ?? unanswered, "cache": [:], "timings": self.timings(timings),
    ]
    if let peer = response?.peer, let colon = peer.lastIndex(of: ":") {
      object["serverIPAddress"] = .string(String(peer[..<colon].filter { $0 != "[" && $0 != "]" }))
      object["connection"] = .string(String(peer[peer.index(after: colon)...]))
    }
    if let tls = response?.tls { object["_tls"] = tls.json }
    object["_file"] = .string(file)
    object["_entry"] = .count(entry.index)
    object["_repetition"] = .count(entry.repetition)
    object["_line"] = .count(entry.line)
    object["_attempt"] = .count(attempt)
    if case .failure(let failure) = exchange.outcome {
      object["_error"] = [
        "kind": .string(failure.kind.rawValue), "code": .count(failure.code), "message": .string(failure.message),
      ]
    }
    return .object(object)
  }

  private static func request(_ request: HTTPRequest, version: String) -> JSON {
    var object: JSONObject = [
      "method": .string(request.method), "url": .string(request.url), "httpVersion": .string("HTTP/\(version)"),
      "cookies": .array(request.cookies.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "headers": request.headers.json,
      "queryString": .array(request.query.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "headersSize": -1, "bodySize": .count(request.body?.count ?? 0),
    ]
    if let body = request.body {
      let type = request.headers.last { $0.name.lowercased() == "content-type" }?.value ?? ""
      var data: JSONObject = ["mimeType": .string(type), "params": []]
      if let text = String(validating: body, as: UTF8.self) {
        data["text"] = .string(text)
      } else {
        data["text"] = .string(Base64.encode(body))
        data["_encoding"] = "base64"
      }
      object["postData"] = .object(data)
    }
    return .object(object)
  }

  private static func response(_ response: HTTPResponse) -> JSON {
    var content: JSONObject = [
      "size": .count(response.body.count), "mimeType": .string(response.contentType ?? "application/octet-stream"),
    ]
    if let text = String(validating: response.body, as: UTF8.self) {
      content["text"] = .string(text)
    } else {
      content["text"] = .string(Base64.encode(response.body))
      content["encoding"] = "base64"
    }
    return [
      "status": .count(response.status), "statusText": .string(response.reason),
      "httpVersion": .string("HTTP/\(response.version)"),
      "cookies": .array(response.cookies.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "headers": response.headers.json, "content": .object(content),
      "redirectURL": .string(response.headers.last { $0.name.lowercased() == "location" }?.value ?? ""),
      "headersSize": -1, "bodySize": -1,
    ]
  }

  /// What browsers write where there was none.
  private static let unanswered: JSON = [
    "status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
    "content": ["size": 0, "mimeType": "x-unknown"], "redirectURL": "", "headersSize": -1, "bodySize": -1,
  ]

  /// -1 for a phase that did not happen.
  private static func timings(_ timings: TransferTimings?) -> JSON {
    guard let timings else { return ["send": 0, "wait": 0, "receive": 0] }
    let secured = timings.appConnect > timings.connect
    let connected = max(timings.connect, timings.appConnect)
    return [
      "dns": timings.nameLookup > 0 ? milliseconds(timings.nameLookup) : -1,
      "connect": timings.connect > 0 ? milliseconds(connected - timings.nameLookup) : -1,
      "ssl": secured ? milliseconds(timings.appConnect - timings.connect) : -1,
      "send": milliseconds(max(0, timings.preTransfer - connected)),
      "wait": milliseconds(max(0, timings.startTransfer - max(timings.preTransfer, connected))),
      "receive": milliseconds(max(0, timings.total - timings.startTransfer)),
    ]
  }

  private static func milliseconds(_ microseconds: Int) -> JSON {
    JSONNumber(Double(microseconds) / 1000).map(JSON.number) ?? 0
  }
}
