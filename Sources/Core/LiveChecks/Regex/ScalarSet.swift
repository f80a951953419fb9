/// A set of Unicode scalars, as a character class describes it.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>] = []
  private(set) var kinds: [Kind] = []
  var isNegated = false
  var ignoresCase = false

  /// Classes that are defined by a property and not by ranges.
  enum Kind: Hashable, Sendable {
    case digit, notDigit, word, notWord, space, notSpace
    /// A general category by its short name, such as `L` or `Nd`.
    case category(String, negated: Bool)
    case subset(ScalarSet)
  }

  mutating func insert(_ scalar: Unicode.Scalar) { ranges.append(scalar.value...scalar.value) }
  mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }
  mutating func insert(_ kind: Kind) { kinds.append(kind) }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var found = holds(scalar)
    if !found, ignoresCase {
      let properties = scalar.properties
      found = [properties.lowercaseMapping, properties.uppercaseMapping].contains { mapping in
        mapping.unicodeScalars.count == 1 && mapping.unicodeScalars.first.map(holds) == true
      }
    }
    return found != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } || kinds.contains { $0.contains(scalar) }
  }

  /// Everything, or everything but a line feed.
  static func any(withLineFeed: Bool) -> ScalarSet {
    var set = ScalarSet()
    if !withLineFeed { set.insert("\n") }
    set.isNegated = true
    return set
  }
}

extension ScalarSet.Kind {
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .digit: scalar.properties.generalCategory == .decimalNumber
    case .notDigit: scalar.properties.generalCategory != .decimalNumber
    case .word: scalar.isWord
    case .notWord: !scalar.isWord
    case .space: scalar.properties.isWhitespace
    case .notSpace: !scalar.properties.isWhitespace
    case .category(let name, let negated): scalar.properties.generalCategory.shortName.hasPrefix(name) != negated
    case .subset(let set): set.contains(scalar)
    }
  }
}

extension Unicode.Scalar {
  var isWord: Bool {
    self == "_" || properties.isAlphabetic || properties.generalCategory == .decimalNumber
      || properties.generalCategory.shortName.hasPrefix("M")
  }
}
