import JSONText

/// What comes of going through a record again, without a network: by the file as it was recorded, or as it is now.
package struct OfflineReplay: Sendable {
  package let report: CheckReport
  /// What is not as it was recorded, or cannot be told from the record; empty where the record bears its verdict out.
  package let differences: [String]

  /// - Parameter file: the checks to judge by; nil takes those of the record.
  package init(
    _ record: RecordedValidation, with file: CheckFile? = nil, _ libraries: CheckLibraries
  ) throws(CheckSyntaxError) {
    let checks: CheckFile
    if let file { checks = file } else { checks = try CheckFile.parse(Array(record.source.utf8), name: record.name) }
    var session = CheckSession(file: checks, variables: record.variables, secrets: record.secretNames)
    session.libraries = libraries
    session.recordedTicks = record.ticks
    session.functions = FunctionSource(now: record.ticks.last, entropy: record.seed)
    var (differences, next): ([String], Int) = ([], 0)
    var isCutShort = false
    loop: while true {
      switch session.next() {
      case .send(let request):
        if record.isLoose {
          next = record.exchanges[next...].firstIndex { Self.isSame(request, $0) } ?? record.exchanges.count
        }
        guard next < record.exchanges.count else {
          differences.append("\(request.method) \(request.url) was never sent: there is no answer on record")
          isCutShort = true
          break loop
        }
        let recorded = record.exchanges[next]
        next += 1
        if !Self.isSame(request, recorded) {
          differences.append(
            "call \(next) is \(request.method) \(request.url), and was \(recorded.method) \(recorded.url)")
        }
        guard let outcome = recorded.outcome else {
          differences.append(
            "the answer to call \(next), \(recorded.method) \(recorded.url), is not on record as it came")
          isCutShort = true
          break loop
        }
        session.receive(outcome)
      case .read(let name):
        session.receive(file: record.files.first { $0.name == name }?.content)
      case .pause: break
      case .finish: break loop
      }
    }
    report = session.report
    if !isCutShort, !record.isLoose, next < record.exchanges.count {
      differences.append("\(record.exchanges.count - next) calls on record were not made")
    }
    if file == nil, !isCutShort { differences += Self.differences(report, record) }
    self.differences = differences
  }

  /// Masks hide in addresses as they are encoded there.
  private static func isSame(_ request: HTTPRequest, _ recorded: RecordedExchange) -> Bool {
    func plain(_ url: String) -> String { Percent.decode(url) ?? url }
    return request.method == recorded.method && plain(request.url) == plain(recorded.url)
  }

  /// Assert by assert, try by try.
  private static func differences(_ report: CheckReport, _ record: RecordedValidation) -> [String] {
    var found: [String] = []
    if report.verdict != record.verdict {
      found.append("the verdict is \(report.verdict.rawValue), and was \(record.verdict.rawValue)")
    }
    let now = report.json["entries"]?.array ?? []
    if now.count != record.entries.count {
      found.append("\(now.count) entries were gone through, and \(record.entries.count) before")
    }
    for (now, then) in zip(now, record.entries) {
      let attempts = (now["attempts"]?.array ?? [], then["attempts"]?.array ?? [])
      if attempts.0.count != attempts.1.count {
        found.append("line \(now["line"]?.int ?? 0): \(attempts.0.count) tries, and \(attempts.1.count) before")
      }
      for (now, then) in zip(attempts.0, attempts.1) { found += differences(now, then) }
    }
    return found
  }

  private static func differences(_ now: JSON, _ then: JSON) -> [String] {
    let asserts = (now["asserts"]?.array ?? [], then["asserts"]?.array ?? [])
    var found: [String] = []
    if asserts.0.count != asserts.1.count {
      found.append("\(asserts.0.count) asserts were judged, and \(asserts.1.count) before")
    }
    for (now, then) in zip(asserts.0, asserts.1) where now["passed"] != then["passed"] || now["line"] != then["line"] {
      func word(_ assert: JSON) -> String { assert["passed"]?.bool == true ? "holds" : "fails" }
      found.append(
        "line \(now["line"]?.int ?? 0): \(now["query"]?.string ?? "") \(now["predicate"]?.string ?? "") \(word(now)), and "
          + "\(word(then)) on record (actual \(now["actual"]?.string ?? ""))")
    }
    let titles = [now, then].map {
      ($0["failures"]?.array ?? []).map { "\($0["line"]?.int ?? 0) \($0["title"]?.string ?? "")" }
    }
    if titles[0] != titles[1], asserts.0 == asserts.1 || asserts.0.isEmpty {
      found.append(
        "it fails at \(titles[0].joined(separator: ", ")), and at \(titles[1].joined(separator: ", ")) on record")
    }
    return found
  }
}
