import DeliveryLoop
import Engine
import JSONText
import SecretScanning

/// A scan's report as it is shown: as lines, as JSON, as SARIF.
struct ScanView {
  let report: ScanReport
  let allowed: AllowList
  let scanner: SecretScanner

  /// One line each.
  var findings: [String] { report.findings.map { Output.safeRow(scanner.wording(of: $0)) } }

  /// What was left out, and how much was looked at.
  var remarks: [String] {
    var lines = report.unscanned.map { Output.safeRow($0.wording) }
    var counts = ["\(counted(report.findings.count, "finding"))"]
    if !report.unscanned.isEmpty { counts.append("\(report.unscanned.count) not scanned") }
    if report.allowed > 0 { counts.append("\(report.allowed) allowed") }
    lines.append("\(counts.joined(separator: ", ")) in \(counted(report.items, "item")), \(megabytes)")
    if let hint = foreignKeys { lines.append(hint) }
    return lines
  }

  private var megabytes: String { "\((report.bytes + 500_000) / 1_000_000) MB" }

  /// An allowance counts only for those who have the key that it was made with.
  private var foreignKeys: String? {
    let own = Set(report.findings.map(\.fingerprint.key))
    let others = allowed.keys.filter { !own.contains($0) }
    guard !own.isEmpty, !others.isEmpty else { return nil }
    return "\(AllowList.path) has allowances by other keys (\(others.joined(separator: ", "))), which count only where "
      + "WAYBILL_FINGERPRINT_KEY is that key"
  }

  /// One document for each finding and for what was left out, and the counts.
  var documents: [JSON] {
    report.findings.map(document) + report.unscanned.map(document) + [
      [
        "type": "summary", "findings": .number(JSONNumber(report.findings.count)),
        "not_scanned": .number(JSONNumber(report.unscanned.count)),
        "allowed": .number(JSONNumber(report.allowed)), "items": .number(JSONNumber(report.items)),
        "bytes": .number(JSONNumber(report.bytes)),
      ]
    ]
  }

  private func document(_ finding: ScanFinding) -> JSON {
    var object: JSONObject = ["type": "finding"]
    switch finding.kind {
    case .declared(let name): object["secret"] = .string(name)
    case .rule(let id):
      object["rule"] = .string(id)
      object["description"] = .string(scanner.description(of: id))
    }
    add(finding.place, to: &object)
    object["line"] = .number(JSONNumber(finding.position.line))
    object["column"] = .number(JSONNumber(finding.position.column))
    object["fingerprint"] = .string(finding.fingerprint.description)
    return .object(object)
  }

  private func document(_ unscanned: Unscanned) -> JSON {
    var object: JSONObject = ["type": "not-scanned"]
    add(unscanned.place, to: &object)
    object["reason"] = .string(unscanned.reason.wording)
    return .object(object)
  }

  private func add(_ place: ScanPlace, to object: inout JSONObject) {
    object["part"] = .string(place.kind)
    if let path = place.path { object["file"] = .string(path) }
    if let name = place.name { object["name"] = .string(name) }
    if let commit = place.commit { object["commit"] = .string(commit.text) }
  }
}

extension ScanPlace {
  /// What it is, in a word.
  var kind: String {
    switch part {
    case .file: "file"
    case .fileName: "file name"
    case .message: "message"
    case .author: "author"
    case .committer: "committer"
    case .header: "header"
    case .tag: "tag"
    case .ref: "ref"
    }
  }

  /// Of a tag or another reference.
  var name: String? {
    switch part {
    case .tag(let name), .ref(let name): name
    case .file, .fileName, .message, .author, .committer, .header: nil
    }
  }
}
