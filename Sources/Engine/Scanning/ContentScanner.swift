import Redaction
import SecretRules
import SecretScanning

/// Looks for secrets in one item: its name, its bytes, and what is packed in them.
struct ContentScanner {
  let scanner: SecretScanner
  let known: SecretSet
  let allowed: AllowList
  private(set) var report = ScanReport()

  init(_ scanner: SecretScanner, known: SecretSet, allowed: AllowList) {
    self.scanner = scanner
    self.known = known
    self.allowed = allowed
  }

  mutating func scan(_ item: ScanItem) throws {
    report.items += 1
    let place = try shown(item.place)
    guard let content = item.content else { return }
    let bytes: [UInt8]
    do throws(Unscanned.Reason) {
      bytes = try content()
    } catch {
      return leaveOut(place, error)
    }
    try scan(bytes, at: place, depth: 0, within: UnpackBudget(forPacked: bytes.count))
  }

  /// The place with what is found in its names masked, and noted.
  private mutating func shown(_ place: ScanPlace) throws -> ScanPlace {
    var place = place
    switch place.part {
    case .file(let path), .fileName(let path):
      let name = try masked(path) { ScanPlace(.fileName($0), in: place.commit) }
      place.part = .file(name)
    // It is noted as the name of the reference.
    case .tag(let name): place.part = .tag(masked(name, findings(in: Array(name.utf8))))
    case .ref(let name): place.part = .ref(try masked(name) { ScanPlace(.ref($0)) })
    case .message, .author, .committer, .header: break
    }
    return place
  }

  /// The member's place with what is found in its name masked, and noted.
  private mutating func shown(_ name: String, in archive: ScanPlace) throws -> ScanPlace {
    let shown = try masked(name) { name in
      var place = archive.member(name)
      if case .file(let path) = archive.part { place.part = .fileName(path) }
      return place
    }
    return archive.member(shown)
  }

  private mutating func masked(_ name: String, place: (String) -> ScanPlace) throws -> String {
    let bytes = Array(name.utf8)
    let found = findings(in: bytes)
    guard !found.isEmpty else { return name }
    let masked = masked(name, found)
    try note(found, in: bytes, at: place(masked))
    return masked
  }

  private func masked(_ name: String, _ found: [Found]) -> String {
    var bytes = Array(name.utf8)
    for finding in found.reversed() { bytes.replaceSubrange(finding.range, with: "[redacted:\(finding.name)]".utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func scan(_ bytes: [UInt8], at place: ScanPlace, depth: Int, within budget: UnpackBudget) throws {
    report.bytes += bytes.count
    let first = report.findings.count
    try note(findings(in: bytes), in: bytes, at: place)
    let last = report.findings.count
    guard depth < Self.deepest else {
      if ContentKind(of: bytes) != .plain { leaveOut(place, .nestedTooDeep) }
      return
    }
    switch ContentKind(of: bytes) {
    case .plain: break
    case .unsupported(let kind): leaveOut(place, .unsupported(kind))
    case .png:
      for text in PNGText.compressed(in: bytes) { try decompress(text, at: place, depth: depth, within: budget) }
    case .compressed: try decompress(bytes, at: place, depth: depth, within: budget)
    case .archive:
      try unpack(bytes, at: place, depth: depth, within: budget)
      // Where members are not compressed, the same was found in the archive as it is: the member says more.
      let inside = Set(report.findings[last...].map(\.fingerprint))
      let outside = report.findings[first..<last].filter { !inside.contains($0.fingerprint) }
      report.findings.replaceSubrange(first..<last, with: outside)
    }
  }

  private mutating func leaveOut(_ place: ScanPlace, _ reason: Unscanned.Reason) {
    report.unscanned.append(Unscanned(place: place, reason: reason))
  }

  private mutating func decompress(
    _ bytes: [UInt8], at place: ScanPlace, depth: Int, within budget: UnpackBudget
  ) throws {
    let content = scanner.archives.decompress(bytes, within: budget)
    if let problem = content.problem { leaveOut(place, problem) }
    try scan(content.bytes, at: place, depth: depth + 1, within: budget)
  }

  private mutating func unpack(_ bytes: [UInt8], at place: ScanPlace, depth: Int, within budget: UnpackBudget) throws {
    var failure: (any Error)?
    let end = scanner.archives.unpack(bytes, within: budget) { member in
      guard failure == nil else { return }
      do {
        let place = try shown(member.name, in: place)
        if let problem = member.content.problem { leaveOut(place, problem) }
        try scan(member.content.bytes, at: place, depth: depth + 1, within: budget)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    // What stopped at a member is noted there.
    if let end, report.unscanned.last?.reason != end { leaveOut(place, end) }
  }

  /// Archives in archives are unpacked down to here.
  private static let deepest = 8

  private struct Found {
    let kind: ScanFinding.Kind
    let range: Range<Int>

    var name: String {
      switch kind {
      case .declared(let name), .rule(let name): name
      }
    }
  }

  /// In their order, no two of them at the same bytes: a declared secret counts before a rule, the text as it is before the
  /// text without its escapes.
  private func findings(in bytes: [UInt8]) -> [Found] {
    var found = known.findings(in: bytes).map { Found(kind: .declared($0.name), range: $0.range) }
    func add(_ more: [Found]) {
      let taken = found.map(\.range)
      found += more.filter { new in !taken.contains { $0.overlaps(new.range) } }
    }
    add(scanner.rules.findings(in: bytes, decoding: true).map { Found(kind: .rule($0.rule), range: $0.range) })
    if let view = TextView(unescaping: bytes) {
      let unescaped = scanner.rules.findings(in: view.bytes)
      add(zip(unescaped, view.originals(of: unescaped.map(\.range))).map { Found(kind: .rule($0.rule), range: $1) })
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func note(_ found: [Found], in bytes: [UInt8], at place: ScanPlace) throws {
    for (finding, position) in zip(found, Position.of(found.map(\.range.lowerBound), in: bytes)) {
      let fingerprint = try scanner.fingerprinter.fingerprint(of: bytes[finding.range], as: finding.name)
      // A declared secret is one: nobody can allow it.
      if case .rule = finding.kind, allowed.allows(fingerprint) {
        report.allowed += 1
      } else {
        report.findings.append(
          ScanFinding(kind: finding.kind, place: place, position: position, fingerprint: fingerprint))
      }
    }
  }
}
