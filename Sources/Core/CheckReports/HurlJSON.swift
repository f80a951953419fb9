import DeliveryLoop
package import JSONText
package import LiveChecks

/// The document that `hurl --json` prints for a file (hurl.dev, "JSON Response").
package enum HurlJSON {
  /// Secrets are masked everywhere. `body` names the file that a response's body was kept in, relative to the report; nil
  /// leaves it out.
  package static func document(of file: CheckedFile, body: (HTTPResponse) -> String? = { _ in nil }) -> JSON {
    var document: JSONObject = ["cookies": [], "entries": [], "filename": .string(file.name)]
    if let report = file.report {
      document["cookies"] = .array(report.cookies.map(\.json))
      document["entries"] = .array(
        report.entries.flatMap { entry in entry.attempts.map { attempt(of: entry, $0, in: report, body) } })
    }
    document["success"] = .bool(file.succeeded)
    document["time"] = .count(file.duration.milliseconds)
    return file.report?.masked(.object(document)) ?? .object(document)
  }

  /// Every try is an entry of its own.
  private static func attempt(
    of entry: EntryReport, _ attempt: AttemptReport, in report: CheckReport, _ body: (HTTPResponse) -> String?
  ) -> JSON {
    let time = attempt.exchanges.compactMap(\.response?.duration).reduce(.zero, +)
    return [
      "asserts": .array(asserts(of: attempt)), "calls": .array(attempt.exchanges.map { call($0, body) }),
      "captures": .array(attempt.captures.map { ["name": .string($0.name), "value": report.masked($0)] }),
      "curl_cmd": .string(attempt.exchanges.first.map { CurlCommand.text($0.request) } ?? ""),
      "index": .count(entry.index), "line": .count(entry.line), "time": .count(time.milliseconds),
    ]
  }

  private static func asserts(of attempt: AttemptReport) -> [JSON] {
    let judged = attempt.asserts.map { assert -> JSON in
      var object: JSONObject = ["line": .count(assert.place.line), "success": .bool(assert.holds)]
      if !assert.holds {
        object["message"] = .string("actual: \(assert.actual); expected: \(assert.expected)")
      }
      return .object(object)
    }
    let others = attempt.failures.filter { $0.kind != .assert }.map { failure -> JSON in
      ["line": .count(failure.place.line), "message": .string(failure.message), "success": false]
    }
    return judged + others
  }

  private static func call(_ exchange: Exchange, _ body: (HTTPResponse) -> String?) -> JSON {
    let request = exchange.request
    var call: JSONObject = [
      "request": [
        "cookies": .array(request.cookies.map { ["name": .string($0.name), "value": .string($0.value)] }),
        "headers": request.headers.json, "method": .string(request.method),
        "query_string": .array(request.query.map { ["name": .string($0.name), "value": .string($0.value)] }),
        "url": .string(request.url),
      ]
    ]
    if case .failure(let failure) = exchange.outcome { call["failure"] = .string(failure.message) }
    guard let response = exchange.response else { return .object(call) }
    var answer: JSONObject = [
      "cookies": .array(response.cookies.map(\.json)), "headers": response.headers.json,
      "http_version": .string("HTTP/\(response.version)"), "status": .count(response.status),
    ]
    if let name = body(response) { answer["body"] = .string(name) }
    if let certificate = response.certificate { answer["certificate"] = certificate.hurlJSON }
    if let tls = response.tls { answer["_tls"] = tls.json }
    call["response"] = .object(answer)
    if let timings = response.timings { call["timings"] = timings.json }
    return .object(call)
  }
}

extension [HTTPHeader] {
  var json: JSON { .array(map { ["name": .string($0.name), "value": .string($0.value)] }) }
}

extension ResponseCookie {
  fileprivate var json: JSON {
    var object: JSONObject = ["name": .string(name), "value": .string(value)]
    for attribute in attributes {
      object[attribute.name.lowercased()] = attribute.value.isEmpty ? true : .string(attribute.value)
    }
    return .object(object)
  }
}

extension StoredCookie {
  fileprivate var json: JSON {
    [
      "domain": .string(domain), "https": .bool(isSecure), "include_subdomain": .bool(!isHostOnly),
      "name": .string(name), "path": .string(path), "value": .string(value),
    ]
  }
}

extension TransferTimings {
  fileprivate var json: JSON {
    [
      "app_connect": .count(appConnect), "begin_call": .string(Self.text(began)), "connect": .count(connect),
      "end_call": .string(Self.text(began + Int64(total) * 1000)), "name_lookup": .count(nameLookup),
      "pre_transfer": .count(preTransfer), "start_transfer": .count(startTransfer), "total": .count(total),
    ]
  }
}

extension ServerCertificate {
  fileprivate var hurlJSON: JSON {
    [
      "subject": .string(subject), "issuer": .string(issuer), "start_date": .string(start.text),
      "expire_date": .string(expiry.text), "serial_number": .string(serialNumber),
    ]
  }
}

extension Moment {
  /// RFC 3339, to the second.
  fileprivate var text: String { Timestamp(nanoseconds: Int64(microseconds) * 1000).text(fraction: 0) }
}
