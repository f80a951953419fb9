/// Reads a character class, and the escapes that stand inside and outside of one.
struct ClassReader {
  let scalars: [Unicode.Scalar]
  var index: Int
  let ignoresCase: Bool

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// After the opening bracket, up to and with the closing one.
  mutating func read(depth: Int = 0) throws(PatternError) -> ScalarSet {
    guard depth < 20 else { throw PatternError(reason: "classes nested too deeply") }
    var set = ScalarSet()
    set.ignoresCase = ignoresCase
    if current == "^" {
      set.isNegated = true
      index += 1
    }
    var isFirst = true
    while let scalar = current {
      index += 1
      if scalar == "]", !isFirst { return set }
      isFirst = false
      guard !"&-~".unicodeScalars.contains(scalar) || current != scalar else {
        throw PatternError(reason: "\"\(scalar)\(scalar)\" in a class is not supported; escape it")
      }
      if scalar == "[" {
        if let posix = posixClass() {
          set.insert(.subset(posix))
        } else {
          set.insert(.subset(try read(depth: depth + 1)))
        }
        continue
      }
      var low: Unicode.Scalar? = scalar
      if scalar == "\\" { low = try escape(into: &set) }
      guard let low else { continue }
      try range(from: low, into: &set)
    }
    throw PatternError(reason: "a \"[\" without its \"]\"")
  }

  private mutating func range(from low: Unicode.Scalar, into set: inout ScalarSet) throws(PatternError) {
    guard current == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else { return set.insert(low) }
    index += 1
    guard var high = current else { return set.insert(low) }
    index += 1
    if high == "\\" {
      var ignored = ScalarSet()
      guard let literal = try escape(into: &ignored) else {
        throw PatternError(reason: "a range cannot end with a class")
      }
      high = literal
    }
    guard low.value <= high.value else {
      throw PatternError(reason: "the range \"\(low)-\(high)\" is the wrong way round")
    }
    set.insert(low.value...high.value)
  }

  /// After the backslash: a class goes into the set, a literal is returned.
  mutating func escape(into set: inout ScalarSet) throws(PatternError) -> Unicode.Scalar? {
    guard let scalar = current else { throw PatternError(reason: "a \"\\\" at the end") }
    index += 1
    switch scalar {
    case "d": set.insert(.digit)
    case "D": set.insert(.notDigit)
    case "w": set.insert(.word)
    case "W": set.insert(.notWord)
    case "s": set.insert(.space)
    case "S": set.insert(.notSpace)
    case "p", "P": set.insert(.category(try category(), negated: scalar == "P"))
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "f": return "\u{c}"
    case "v": return "\u{b}"
    case "a": return "\u{7}"
    case "x", "u": return try code(digits: scalar == "x" ? 2 : 4)
    default:
      guard !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
        throw PatternError(reason: "\"\\\(scalar)\" is not supported")
      }
      return scalar
    }
    return nil
  }

  private mutating func category() throws(PatternError) -> String {
    guard let first = current else { throw PatternError(reason: "\"\\p\" needs a category") }
    index += 1
    guard first == "{" else { return String(first) }
    guard let close = scalars[index...].firstIndex(of: "}") else {
      throw PatternError(reason: "\"\\p{\" without its \"}\"")
    }
    var name = String(String.UnicodeScalarView(scalars[index..<close]))
    index = close + 1
    if name.hasPrefix("Is") { name.removeFirst(2) }
    guard (1...2).contains(name.count) else {
      throw PatternError(reason: "\"\\p{\(name)}\": only general categories such as L or Nd are supported")
    }
    return name
  }

  private mutating func code(digits: Int) throws(PatternError) -> Unicode.Scalar {
    var text = String.UnicodeScalarView()
    if current == "{" {
      guard let close = scalars[index...].firstIndex(of: "}") else {
        throw PatternError(reason: "an escape without its \"}\"")
      }
      text.append(contentsOf: scalars[(index + 1)..<close])
      index = close + 1
    } else {
      text.append(contentsOf: scalars[index...].prefix(digits))
      index = min(index + digits, scalars.count)
    }
    guard text.allSatisfy(\.properties.isASCIIHexDigit), let value = UInt32(String(text), radix: 16),
      let scalar = Unicode.Scalar(value)
    else {
      throw PatternError(reason: "\"\(String(text))\" is not the number of a character")
    }
    return scalar
  }

  /// After `[`: `:alpha:]` and its like.
  private mutating func posixClass() -> ScalarSet? {
    let names: [String: [ClosedRange<UInt32>]] = [
      "alpha": [65...90, 97...122], "digit": [48...57], "alnum": [48...57, 65...90, 97...122], "upper": [65...90],
      "lower": [97...122], "space": [9...13, 32...32], "xdigit": [48...57, 65...70, 97...102],
      "blank": [9...9, 32...32],
      "punct": [33...47, 58...64, 91...96, 123...126], "word": [48...57, 65...90, 95...95, 97...122],
    ]
    for (name, ranges) in names {
      let text = Array(":\(name):]".unicodeScalars)
      guard scalars[index...].starts(with: text) else { continue }
      index += text.count
      var set = ScalarSet()
      set.ignoresCase = ignoresCase
      for range in ranges { set.insert(range) }
      return set
    }
    return nil
  }
}
