import Codings
package import JSONText

/// A validation as it was recorded: what was sent and answered, and what was made of it.
package struct RecordedValidation: Sendable {
  package let name: String
  package let source: String
  package let verdict: Verdict
  /// The values with which it began; secrets by the masks that stand for them.
  package let variables: [String: CheckValue]
  package let secretNames: Set<String>
  /// In the order of sending.
  package let exchanges: [RecordedExchange]
  /// The files that it read, in the order of reading.
  package let files: [Reading]
  /// The id of the file's blob in git; nil where it was not recorded.
  package let blob: String?
  /// What it ran in: tools by name with their versions, and a digest of these and of the service's variables.
  package let tools: [String: String]
  package let fingerprint: String?
  let ticks: [Moment]
  let seed: [UInt8]
  /// As they were recorded.
  let entries: [JSON]
  /// There may be calls in it that the file does not make.
  let isLoose: Bool

  init(name: String, exchanges: [RecordedExchange], variables: [String: CheckValue], ticks: [Moment]) {
    (self.name, self.exchanges, self.variables, self.ticks) = (name, exchanges, variables, ticks)
    (source, verdict, secretNames, files, seed, entries) = ("", .inconclusive, [], [], [], [])
    (blob, tools, fingerprint) = (nil, [:], nil)
    isLoose = true
  }

  /// Why a document is no record, or of another version; fits after "the record".
  package struct Unreadable: Error, Hashable, Sendable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
  }

  /// - Parameter apart: the bytes of a body that is kept apart, by its digest.
  package init(_ json: JSON, apart: (String) -> [UInt8]? = { _ in nil }) throws(Unreadable) {
    guard let format = json["format"]?.string else { throw Unreadable(reason: "is no record of a validation") }
    guard format == "waybill-validation/1" else {
      throw Unreadable(reason: "has the format \"\(format)\", which is not known here")
    }
    func member<Value>(_ name: String, _ read: (JSON) -> Value?) throws(Unreadable) -> Value {
      guard let value = json[name].flatMap(read) else { throw Unreadable(reason: "lacks \"\(name)\"") }
      return value
    }
    name = try member("file", \.string)
    source = try member("source", \.string)
    verdict = try member("verdict") { $0.string.flatMap(Verdict.init) }
    entries = try member("entries", \.array)
    let given = try member("given", \.object)
    let names = try member("variables", \.array).compactMap { $0["name"]?.string }
    var variables = Dictionary(given.members.map { ($0.name, CheckValue.read($0.value)) }) { $1 }
    // What was masked stands for itself: the same secret is the same mask in whatever was sent and answered.
    let secrets = json["variables"]?.array?.filter { variable in
      variable["name"]?.string.map { variable["value"]?.string == "[redacted:\($0)]" } ?? false
    }
    secretNames = Set((secrets ?? []).compactMap { $0["name"]?.string }).subtracting(given.names).intersection(names)
    for name in secretNames { variables[name] = .string("[redacted:\(name)]") }
    self.variables = variables
    files = try member("files", \.array).compactMap(Reading.init)
    ticks = try member("ticks_us", \.array).compactMap { $0.int.map(Moment.init(microseconds:)) }
    seed = json["seed"]?.string.flatMap { Hexadecimal.decode($0) } ?? []
    isLoose = false
    blob = json["blob"]?.string
    let ranIn = json["ran_in"]
    tools = Dictionary((ranIn?["tools"]?.object?.members ?? []).map { ($0.name, $0.value.string ?? "") }) { $1 }
    fingerprint = ranIn?["fingerprint"]?.string
    let certificates = json["certificates"]?.array ?? []
    exchanges = entries.flatMap { $0["attempts"]?.array ?? [] }.flatMap { $0["exchanges"]?.array ?? [] }.map {
      RecordedExchange($0, certificates, apart)
    }
  }
}

/// One request and what came of it, from a record.
package struct RecordedExchange: Sendable {
  package let method: String
  package let url: String
  /// nil where the body of the answer was left out or masked beyond use.
  package let outcome: TransferOutcome?

  init(method: String, url: String, outcome: TransferOutcome?) {
    (self.method, self.url, self.outcome) = (method, url, outcome)
  }

  init(_ json: JSON, _ certificates: [JSON], _ apart: (String) -> [UInt8]?) {
    method = json["request"]?["method"]?.string ?? ""
    url = json["request"]?["url"]?.string ?? ""
    if let failure = json["failure"] {
      outcome = .failure(
        TransferFailure(
          kind: failure["kind"]?.string.flatMap(TransferFailure.Kind.init) ?? .other,
          code: failure["code"]?.int ?? 0, message: failure["message"]?.string ?? ""))
    } else {
      outcome = json["response"].flatMap { HTTPResponse($0, certificates, apart) }.map { .response($0) }
    }
  }
}

extension HTTPResponse {
  fileprivate init?(_ json: JSON, _ certificates: [JSON], _ apart: (String) -> [UInt8]?) {
    guard let status = json["status"]?.int, let recorded = json["body"],
      let body = BodyRecord.bytes(recorded) ?? recorded["sha256"]?.string.flatMap(apart)
    else { return nil }
    let shown = json["certificate"].flatMap { ServerCertificate($0) }
    let chain = json["tls"]?["chain"]?.array?.compactMap(\.string) ?? []
    let tls = json["tls"].map { tls in
      TLSConnection(
        version: tls["version"]?.string ?? "", cipher: tls["cipher"]?.string ?? "",
        chain: chain.compactMap { digest in
          certificates.first { $0["sha256"]?.string == digest }.flatMap { PeerCertificate($0) }
        })
    }
    self.init(
      version: json["version"]?.string ?? "1.1", status: status, reason: json["reason"]?.string ?? "",
      headers: (json["headers"]?.array ?? []).compactMap { header in
        guard let name = header["name"]?.string, let value = header["value"]?.string else { return nil }
        return HTTPHeader(name: name, value: value)
      }, body: body, url: json["url"]?.string ?? "", duration: .microseconds(json["duration_us"]?.int ?? 0),
      peer: json["peer"]?.string, timings: json["timings_us"].flatMap { TransferTimings($0) }, certificate: shown,
      tls: tls)
  }
}

extension PeerCertificate {
  fileprivate init?(_ json: JSON) {
    guard let der = json["der"]?.string.flatMap({ Base64.decode($0) }), let digest = json["sha256"]?.string else {
      return nil
    }
    func text(_ name: String) -> String { json[name]?.string ?? "" }
    self.init(
      subject: text("subject"), issuer: text("issuer"), start: text("from"), end: text("until"),
      serialNumber: text("serial"), sha256: digest, der: der)
  }
}

extension ServerCertificate {
  var json: JSON {
    [
      "subject": .string(subject), "issuer": .string(issuer), "start_us": .count(start.microseconds),
      "expiry_us": .count(expiry.microseconds), "serial": .string(serialNumber),
      "names": alternativeNames.map { .string($0) } ?? .null,
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let start = json["start_us"]?.int, let expiry = json["expiry_us"]?.int else { return nil }
    self.init(
      subject: json["subject"]?.string ?? "", issuer: json["issuer"]?.string ?? "", start: Moment(microseconds: start),
      expiry: Moment(microseconds: expiry), serialNumber: json["serial"]?.string ?? "",
      alternativeNames: json["names"]?.string)
  }
}
