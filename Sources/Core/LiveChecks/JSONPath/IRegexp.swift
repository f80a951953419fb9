/// Interoperable regular expressions (RFC 9485), which `match` and `search` take.
enum IRegexp {
  /// The pattern, asked to match whole texts or parts of them; nil for what is not one.
  static func pattern(_ source: String, isWhole: Bool) -> Pattern? {
    var translation = Translation(source)
    guard let text = translation.branches(), translation.isAtEnd else { return nil }
    return try? Pattern(isWhole ? "\\A(?:\(text))\\z" : text)
  }

  /// Rewrites an expression in the syntax of `Pattern` while checking it against the grammar of section 3.
  private struct Translation {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    var isAtEnd: Bool { index == scalars.count }
    private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      guard current == scalar else { return false }
      index += 1
      return true
    }

    mutating func branches() -> String? {
      depth += 1
      defer { depth -= 1 }
      guard depth < PatternParser.depthLimit else { return nil }
      var text = ""
      while let scalar = current, scalar != ")" {
        if take("|") {
          text += "|"
        } else if let piece = piece() {
          text += piece
        } else {
          return nil
        }
      }
      return text
    }

    private mutating func piece() -> String? { atom().flatMap { atom in quantifier().map { atom + $0 } } }

    private mutating func atom() -> String? {
      guard let scalar = current else { return nil }
      index += 1
      switch scalar {
      case "(":
        guard let inner = branches(), take(")") else { return nil }
        return "(?:\(inner))"
      case ".": return "[^\\n\\r]"
      case "[": return characterClass()
      case "\\": return escape()
      case "^", "$": return String(scalar)
      case "*", "+", "?", "{", "}", "]", ")", "|": return nil
      default: return Self.literal(scalar)
      }
    }

    private static func literal(_ scalar: Unicode.Scalar) -> String { "\\x{\(String(scalar.value, radix: 16))}" }

    /// Empty where none follows; nil where one is ill-formed.
    private mutating func quantifier() -> String? {
      if take("*") { return "*" }
      if take("+") { return "+" }
      if take("?") { return "?" }
      guard take("{") else { return "" }
      guard let least = digits() else { return nil }
      guard take(",") else { return take("}") ? "{\(least)}" : nil }
      let most = digits() ?? ""
      return take("}") ? "{\(least),\(most)}" : nil
    }

    private mutating func digits() -> String? {
      let digits = scalars[index...].prefix { ("0"..."9").contains($0) }
      index += digits.count
      return digits.isEmpty ? nil : String(String.UnicodeScalarView(digits))
    }

    /// After the backslash.
    private mutating func escape() -> String? {
      guard let letter = current else { return nil }
      index += 1
      switch letter {
      case "n", "r", "t": return "\\\(letter)"
      case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}", "$": return Self.literal(letter)
      case "p", "P": return category(letter)
      default: return nil
      }
    }

    private mutating func category(_ letter: Unicode.Scalar) -> String? {
      guard take("{"), let close = scalars[index...].firstIndex(of: "}") else { return nil }
      let name = String(String.UnicodeScalarView(scalars[index..<close]))
      index = close + 1
      let parts = [
        "L": "lmotu", "M": "cen", "N": "dlo", "P": "cdefios", "Z": "lps", "S": "ckmo", "C": "cfno",
      ]
      guard let first = name.first, let minor = parts[String(first)],
        name.count == 1 || (name.count == 2 && name.last.map(minor.contains) == true)
      else { return nil }
      return "\\\(letter){\(name)}"
    }

    /// After the opening bracket.
    private mutating func characterClass() -> String? {
      var text = take("^") ? "[^" : "["
      if take("-") { text += Self.literal("-") }
      while let scalar = current, scalar != "]" {
        if scalar == "-" {
          index += 1
          guard current == "]" else { return nil }
          text += Self.literal("-")
        } else if let member = member() {
          text += member
        } else {
          return nil
        }
      }
      guard take("]"), text != "[", text != "[^" else { return nil }
      return text + "]"
    }

    /// A character, a range of them or a category.
    private mutating func member() -> String? {
      if current == "\\", index + 1 < scalars.count, scalars[index + 1] == "p" || scalars[index + 1] == "P" {
        index += 1
        return escape()
      }
      guard let low = character() else { return nil }
      guard current == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else { return low }
      index += 1
      return character().map { "\(low)-\($0)" }
    }

    private mutating func character() -> String? {
      guard let scalar = current, scalar != "[", scalar != "]", scalar != "-" else { return nil }
      index += 1
      return scalar == "\\" ? escape() : Self.literal(scalar)
    }
  }
}
