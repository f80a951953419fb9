package import Redaction
package import SecretRules
package import SecretScanning
import Synchronization

/// Looks for declared secrets, and for what rules take for secrets, in whatever is committed or about to be.
package struct SecretScanner: Sendable {
  package let objects: any Objects
  let archives: any Archives
  let fingerprinter: Fingerprinter
  let rules: RuleSet

  package init(
    objects: any Objects, archives: any Archives, fingerprinter: Fingerprinter, rules: RuleSet = .builtIn
  ) {
    self.objects = objects
    self.archives = archives
    self.fingerprinter = fingerprinter
    self.rules = rules
  }

  /// Looks at all items, on as many threads as there are processors; findings come in the items' order.
  ///
  /// A value is told of once for each path, where it stands first.
  /// `progress` is told how many have been begun before, in rising numbers, from any thread. Throws when it is cancelled, or
  /// when a value was found and there is no key to name it by.
  package func scan(
    _ items: [ScanItem], known: SecretSet, allowed: AllowList, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> ScanReport {
    // The versions of a file one after another: a repository keeps each as what differs from the next.
    let paths = items.map { $0.place.path ?? "" }
    let turns = Turns(items.indices.sorted { (paths[$0], $0) < (paths[$1], $1) }, progress)
    return try await withThrowingTaskGroup(of: [(Int, ScanReport)].self) { group in
      // More tasks than processors: those that find none free wait, and hold nothing meanwhile.
      for _ in 0..<min(items.count, 16) {
        group.addTask {
          var (noted, rest): ([(Int, ScanReport)], ScanReport) = ([], ScanReport())
          while let index = turns.next() {
            try Task.checkCancellation()
            var scanner = ContentScanner(self, known: known, allowed: allowed)
            try scanner.scan(items[index])
            if scanner.report.isClean { rest += scanner.report } else { noted.append((index, scanner.report)) }
          }
          return noted + [(items.count, rest)]
        }
      }
      let reports = try await group.reduce(into: []) { $0 += $1 }
      return Self.merged(reports.sorted { $0.0 < $1.0 }.map(\.1))
    }
  }

  /// All of them as one; what each version of a file has is told of the first alone.
  private static func merged(_ reports: [ScanReport]) -> ScanReport {
    struct Sighting: Hashable {
      let fingerprint: Fingerprint
      let path: String
    }
    var seen: Set<Sighting> = []
    return reports.reduce(into: ScanReport()) { result, report in
      var report = report
      let sightings = report.findings.map { finding in
        finding.place.path.map { Sighting(fingerprint: finding.fingerprint, path: $0) }
      }
      report.findings = zip(report.findings, sightings).filter { !($1.map(seen.contains) ?? false) }.map(\.0)
      seen.formUnion(sightings.compactMap(\.self))
      result += report
    }
  }
}

/// Gives out the numbers of the items, each once.
private final class Turns: Sendable {
  private let order: [Int]
  private let progress: @Sendable (Int) -> Void
  private let given = Mutex(0)

  init(_ order: [Int], _ progress: @escaping @Sendable (Int) -> Void) {
    self.order = order
    self.progress = progress
  }

  func next() -> Int? {
    given.withLock { given in
      guard given < order.count else { return nil }
      defer { given += 1 }
      progress(given)
      return order[given]
    }
  }
}
