package import DeliveryLoop
import JSONText
import LiveChecks

/// What a request risks, and what says so.
package struct Assessment: Hashable, Sendable {
  package let risk: RiskClass
  /// The rule that decided, or why there was none.
  package let rule: String
  package let environment: String
}

/// Says what requests risk: the first rule that fits decides, and what no rule knows is high.
///
/// Where something of a request is not known yet, every rule that could fit counts, and the highest risk of them holds.
package struct RiskPolicy: Sendable {
  private let rules: [RiskRule]
  private let boundaries: Boundaries

  package init(rules: [RiskRule], boundaries: Boundaries) {
    self.rules = rules
    self.boundaries = boundaries
  }

  /// nil for a request that only reads: a GET or HEAD of which no rule speaks by its method.
  func assess(_ shape: RequestShape) -> Assessment? {
    let environment = boundaries.environment(of: shape)
    let found = shape.methods.compactMap { assess(shape, as: $0, environment) }
    return found.max { $0.risk < $1.risk }
  }

  private func assess(_ shape: RequestShape, as method: String, _ environment: String) -> Assessment? {
    let reads = ["GET", "HEAD"].contains(method)
    var possible: Assessment?
    for (index, rule) in rules.enumerated() {
      let match = reads && rule.method == nil ? .no : rule.match(shape, method, environment)
      if match == .no { continue }
      let found = Assessment(
        risk: rule.risk, rule: "rule \(index + 1): \(rule.wording)", environment: environment)
      // A path that two readers read in two ways fits a rule for nobody's certain.
      let isCertain = match == .yes && !(shape.isAmbiguous && rule.path != nil)
      possible = [possible, found].compactMap(\.self).max { $0.risk < $1.risk }
      if isCertain { return possible }
    }
    if reads { return possible }
    let why = shape.isAmbiguous ? "the path can be read in two ways" : "no rule speaks of it"
    return Assessment(risk: .high, rule: why, environment: environment)
  }
}

/// Whether a rule fits.
enum RuleMatch: Comparable {
  case no, maybe, yes
}

extension RiskRule {
  func match(_ shape: RequestShape, _ method: String, _ environment: String) -> RuleMatch {
    if let wanted = self.method, wanted != method { return .no }
    if let wanted = self.environment, wanted != environment { return .no }
    let parts = [path.map { shape.match($0) } ?? .yes] + body.map { shape.body.match($0) }
    return parts.min() ?? .yes
  }
}

extension RequestShape {
  fileprivate func match(_ glob: Glob) -> RuleMatch {
    // No pattern but a star takes this letter.
    let unknown = "\u{f8ff}"
    let filled = path.map { part in
      part.pieces.map { if case .literal(let text) = $0 { text } else { unknown } }.joined()
    }
    let isKnown = path.allSatisfy { $0.literal != nil }
    if glob.matches(filled.joined(separator: "/")), isKnown || !glob.pattern.contains("?") { return .yes }
    guard !isKnown else { return .no }
    return Self.couldMatch(glob.pattern.split(separator: "/", omittingEmptySubsequences: false)[...], path[...])
      ? .maybe : .no
  }

  /// Whether there are values for the blanks with which a pattern matches; each may be anything within its part.
  private static func couldMatch(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<ShapedText>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == "**" {
      return (path.startIndex...path.endIndex).contains { couldMatch(pattern.dropFirst(), path[$0...]) }
    }
    guard let part = path.first else { return false }
    guard part.literal.map({ Glob(String(first)).matches($0) }) ?? true else { return false }
    return couldMatch(pattern.dropFirst(), path.dropFirst())
  }
}

extension BodyShape {
  fileprivate func match(_ field: RiskRule.Field) -> RuleMatch {
    guard case .json(let json, let blanks) = self else {
      // A form, or what has two readings, may well say the same.
      if case .none = self { return .no }
      return .maybe
    }
    var value = json
    for name in field.name.split(separator: ".") {
      if case .string(let text) = value, blanks.contained(in: text) { return .maybe }
      guard let object = value.object else { return .no }
      if let inner = object[String(name)] {
        value = inner
      } else {
        return object.names.contains { blanks.contained(in: $0) } ? .maybe : .no
      }
    }
    switch value {
    case .string(let text):
      let shaped = ShapedText(text, blanks)
      if shaped.literal == nil { return shaped.fits(field.value) ? .maybe : .no }
      return text == field.value ? .yes : .no
    case .number(let number):
      return number.literal == field.value || number == JSONNumber(literal: field.value) ? .yes : .no
    case .bool(let flag): return String(flag) == field.value ? .yes : .no
    case .null: return field.value == "null" ? .yes : .no
    case .array, .object: return .no
    }
  }
}
