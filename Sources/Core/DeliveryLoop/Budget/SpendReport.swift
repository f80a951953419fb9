import JSONText

/// What a coding agent says that an attempt has cost: `{"spend": 1.25, "currency": "USD"}`.
package enum SpendReport {
  /// Bytes.
  package static let sizeLimit = 65_536

  /// Why a report is of no use.
  package enum Fault: Error, Hashable, Sendable {
    case tooLarge
    /// Where and why it is no JSON.
    case notJSON(line: Int, column: Int, reason: String)
    case notAnObject
    case noSpend
    /// `spend` as it is written.
    case badSpend(String)
    case badCurrency(String)
    case writtenTwice(String)
  }

  /// Reads a report; members of other names are the agent's own affair.
  package static func read(_ bytes: [UInt8]) throws(Fault) -> Money {
    guard bytes.count <= sizeLimit else { throw .tooLarge }
    let json: JSON
    do {
      json = try JSON.parse(bytes)
    } catch {
      throw .notJSON(line: error.line, column: error.column, reason: error.reason)
    }
    guard let object = json.object else { throw .notAnObject }
    for name in ["spend", "currency"] where object.members.count(where: { $0.0 == name }) > 1 {
      throw .writtenTwice(name)
    }
    let currency = object["currency"] ?? .string(Money.usual)
    guard let code = currency.string, Money("0", currency: code) != nil else { throw .badCurrency(currency.compact) }
    guard let spend = object["spend"] else { throw .noSpend }
    guard let number = spend.number, let money = Money(number.literal, currency: code) else {
      throw .badSpend(spend.compact)
    }
    return money
  }
}

extension SpendReport.Fault {
  /// Fits after the name of the file and a colon; ends with what to do.
  package var wording: String {
    let example = "write {\"spend\": 1.25, \"currency\": \"USD\"}"
    return switch self {
    case .tooLarge: "it has more than \(SpendReport.sizeLimit) bytes; \(example)"
    case .notJSON(let line, let column, let reason): "\(line):\(column): not valid JSON: \(reason); \(example)"
    case .notAnObject: "it is no JSON object; \(example)"
    case .noSpend: "the member \"spend\" is missing; \(example)"
    case .badSpend(let text):
      "\"spend\" is \(text.prefix(40)); write a number from 0 with at most 15 digits before the point and 18 behind it"
    case .badCurrency(let text): "\"currency\" is \(text.prefix(40)); write three capital letters, such as \"USD\""
    case .writtenTwice(let name): "\"\(name)\" is there twice; write it once"
    }
  }
}
