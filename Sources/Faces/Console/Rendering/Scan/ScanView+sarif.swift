import Engine
import JSONText
import SecretScanning

extension ScanView {
  /// SARIF 2.1.0 (OASIS, 2020): one run, a rule for each that found something, what was not scanned as notifications.
  var sarif: JSON {
    let rules = Array(Set(report.findings.map(\.ruleID))).sorted()
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "waybill", "version": .string(Version.current), "rules": .array(rules.map(rule)),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "invocations": [
            [
              "executionSuccessful": true,
              "toolExecutionNotifications": .array(report.unscanned.map(notification)),
            ]
          ],
          "results": .array(report.findings.map { result($0, rules) }),
        ]
      ],
    ]
  }

  private func rule(_ id: String) -> JSON {
    let text = id == ScanFinding.declaredRule ? "The value of a declared secret" : scanner.description(of: id)
    let help =
      "Take it out and make it void where it was issued. If it is no secret, add its fingerprint and a reason to "
      + "\(AllowList.path)."
    return [
      "id": .string(id), "shortDescription": ["text": .string(text)], "help": ["text": .string(help)],
      "defaultConfiguration": ["level": "error"],
    ]
  }

  private func result(_ finding: ScanFinding, _ rules: [String]) -> JSON {
    [
      "ruleId": .string(finding.ruleID),
      "ruleIndex": .number(JSONNumber(rules.firstIndex(of: finding.ruleID) ?? -1)),
      "level": "error",
      "message": ["text": .string(Output.safe(scanner.wording(of: finding)))],
      "locations": [location(finding.place, finding.position)],
      "partialFingerprints": ["waybill/v1": .string(finding.fingerprint.description)],
    ]
  }

  private func notification(_ unscanned: Unscanned) -> JSON {
    [
      "level": "warning", "message": ["text": .string(Output.safe(unscanned.wording))],
      "locations": [location(unscanned.place, nil)],
    ]
  }

  private func location(_ place: ScanPlace, _ position: Position?) -> JSON {
    var location: JSONObject = [:]
    switch place.part {
    case .file(let path), .fileName(let path):
      var physical: JSONObject = ["artifactLocation": ["uri": .string(Self.uri(path))]]
      if let position, case .file = place.part, place.members.isEmpty {
        physical["region"] = [
          "startLine": .number(JSONNumber(position.line)), "startColumn": .number(JSONNumber(position.character)),
        ]
      }
      location["physicalLocation"] = .object(physical)
    case .message, .author, .committer, .header, .tag, .ref: break
    }
    let name = Output.safe(place.text(at: position))
    location["logicalLocations"] = [["fullyQualifiedName": .string(name), "kind": .string(place.kind)]]
    return .object(location)
  }

  /// Of a path, relative or absolute (RFC 3986).
  private static func uri(_ path: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    let text = path.utf8.reduce(into: [UInt8]()) { text, byte in
      text += plain.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return (path.hasPrefix("/") ? "file://" : "") + String(decoding: text, as: UTF8.self)
  }
}

extension ScanFinding {
  /// The rule that stands for all declared secrets.
  static let declaredRule = "declared-secret"

  var ruleID: String {
    switch kind {
    case .declared: Self.declaredRule
    case .rule(let id): id
    }
  }
}
