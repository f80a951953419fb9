/// What the words around a task's end say of how it was proven; who writes them is believed, since there is nothing else.
struct ClosingWords {
  /// Whether something was asked of the running thing: a validation's file, an address, a status, or the words for it.
  let haveEvidence: Bool
  /// Whether they say that it was not.
  let haveWaiver: Bool
  /// Whether they say who has agreed to that.
  let haveApprover: Bool

  init(_ texts: [String]) {
    var text = texts.joined(separator: "\n").lowercased()
    let denials = [
      "not validated live", "without live validation", "no live validation", "not live-validated", "validation skipped",
      "skipped validation", "skipped live validation", "live validation skipped", "validation was skipped",
      "live validation waived", "waived",
    ]
    haveWaiver = denials.contains(where: text.contains) || text.contains("waybill-waiver:") || text.contains("waiver")
    haveApprover = ["approved by ", "waived by ", "approver: ", "agreed by ", "signed off by "].contains { words in
      text.ranges(of: words).contains { range in
        text[range.upperBound...].first.map { $0.isLetter || $0 == "@" || $0 == "\"" } ?? false
      }
    }
    for words in denials { text = text.replacing(words, with: " ") }
    haveEvidence = [
      ".hurl", "http://", "https://", "http 200", "http 201", "http 204", "validated live", "live validation",
      "live-validated", "verified live", "tested live", "waybill-run:",
    ].contains(where: text.contains)
  }
}
