package import JSONText

extension CheckReport {
  /// The evidence as one JSON document: file, source, variables, every exchange, assert and capture. Secrets are masked by
  /// their names.
  package var json: JSON {
    let names = Set(variables.keys).union(secretNames).sorted()
    let document: JSON = [
      "format": "waybill-validation/1", "file": .string(file.name), "verdict": .string(verdict.rawValue),
      "source": .string(file.source),
      "variables": .array(
        names.map { ["name": .string($0), "value": .string(variables[$0] ?? "[redacted:\($0)]")] }),
      "given": .object(JSONObject(given.sorted { $0.key < $1.key }.map { ($0.key, $0.value.recorded) })),
      "files": .array(readings.map(\.json)), "ticks_us": .array(ticks.map { .count($0.microseconds) }),
      "seed": seed.map { .string($0) } ?? .null, "entries": .array(entries.map(\.json)),
      "certificates": .array(certificates.map(\.json)),
    ]
    return masked(document)
  }

  /// What servers have shown, each certificate once.
  private var certificates: [PeerCertificate] {
    var seen: Set<String> = []
    let shown = entries.flatMap(\.exchanges).compactMap { $0.response?.tls }.flatMap(\.chain)
    return shown.filter { seen.insert($0.sha256).inserted }
  }

  /// A document of this session as it may be kept; only texts in it can hold secrets.
  package func masked(_ json: JSON) -> JSON {
    if masks.isEmpty { return json }
    return switch json {
    case .string(let text): .string(masked(text))
    case .array(let elements): .array(elements.map(masked))
    case .object(let object): .object(JSONObject(object.members.map { ($0.name, masked($0.value)) }))
    case .null, .bool, .number: json
    }
  }

  /// A captured value as it may be kept: names of members can hold secrets, and a number that does becomes a string.
  package func masked(_ capture: CaptureReport) -> JSON {
    if masks.isEmpty { return capture.json }
    return maskedThroughout(capture.json)
  }

  private func maskedThroughout(_ json: JSON) -> JSON {
    switch json {
    case .string(let text): .string(masked(text))
    case .number(let number):
      masked(number.literal) == number.literal ? json : .string(masked(number.literal))
    case .array(let elements): .array(elements.map(maskedThroughout))
    case .object(let object):
      .object(JSONObject(object.members.map { (masked($0.name), maskedThroughout($0.value)) }))
    case .null, .bool: json
    }
  }
}

extension EntryReport {
  fileprivate var json: JSON {
    [
      "index": .count(index), "repetition": .count(repetition), "line": .count(line), "request": .string(requestLine),
      "verdict": .string(verdict.rawValue), "attempts": .array(attempts.map(\.json)),
    ]
  }
}

extension AttemptReport {
  fileprivate var json: JSON {
    [
      "attempt": .count(number), "exchanges": .array(exchanges.map(\.json)), "asserts": .array(asserts.map(\.json)),
      "captures": .array(captures.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "failures": .array(failures.map(\.json)),
    ]
  }
}

extension AssertReport {
  fileprivate var json: JSON {
    var object: JSONObject = [
      "line": .count(place.line), "column": .count(place.column), "query": .string(text.query),
      "predicate": .string(text.predicate), "passed": .bool(holds), "actual": .string(actual),
      "expected": .string(expected),
    ]
    if let note { object["note"] = .string(note) }
    return .object(object)
  }
}

extension CheckFailure {
  fileprivate var json: JSON {
    [
      "kind": .string(kind.rawValue), "title": .string(title), "line": .count(place.line),
      "column": .count(place.column),
      "message": .string(message),
    ]
  }
}
