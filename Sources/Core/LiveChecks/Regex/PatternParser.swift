/// Reads a pattern.
struct PatternParser {
  static let depthLimit = 100

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var flags = Flags()
  private var depth = 0
  private var repetitions = 0
  private(set) var groups = 0
  /// The numbers of the groups that have names.
  private(set) var names: [String: Int] = [:]

  private struct Flags {
    var ignoreCase = false
    var multiLine = false
    var dotAll = false
    var extended = false
    var swapGreed = false
  }

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func parse() throws(PatternError) -> PatternNode {
    let node = try choice()
    guard index == scalars.count else { throw PatternError(reason: "an unmatched \")\"") }
    return node
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  private mutating func choice() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw PatternError(reason: "nested too deeply") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      if flags.extended, skipExtended() { continue }
      nodes.append(try repeated(try atom()))
    }
    return .sequence(nodes)
  }

  private mutating func skipExtended() -> Bool {
    guard let scalar = current else { return false }
    if scalar.properties.isWhitespace {
      index += 1
      return true
    }
    guard scalar == "#" else { return false }
    while let next = current, next != "\n" { index += 1 }
    return true
  }

  private mutating func atom() throws(PatternError) -> PatternNode {
    guard let scalar = current else { return .empty }
    index += 1
    switch scalar {
    case ".": return .scalar(.any(withLineFeed: flags.dotAll))
    case "^": return .anchor(flags.multiLine ? .lineStart : .textStart)
    case "$": return .anchor(flags.multiLine ? .lineEnd : .textEnd)
    case "(": return try group()
    case "[":
      var reader = ClassReader(scalars: scalars, index: index, ignoresCase: flags.ignoreCase)
      let set = try reader.read()
      index = reader.index
      return .scalar(set)
    case "\\": return try escape()
    case "*", "+", "?": throw PatternError(reason: "\"\(scalar)\" repeats nothing")
    default: return .scalar(single(scalar))
    }
  }

  private func single(_ scalar: Unicode.Scalar) -> ScalarSet {
    var set = ScalarSet()
    set.insert(scalar)
    set.ignoresCase = flags.ignoreCase
    return set
  }

  private mutating func group() throws(PatternError) -> PatternNode {
    let outer = flags
    var number: Int?
    if !take("?") || isNameAhead {
      groups += 1
      number = groups
      if isNameAhead { names[try name()] = groups }
    } else if try flagsOnly() {
      return .empty
    }
    let inner = try choice()
    guard take(")") else { throw PatternError(reason: "a \"(\" without its \")\"") }
    flags = outer
    return number.map { .group(inner, number: $0) } ?? inner
  }

  /// After `(?`: whether `<name>` or `P<name>` follows.
  private var isNameAhead: Bool {
    guard index > 0, scalars[index - 1] == "?" else { return false }
    let rest = scalars[index...]
    return rest.starts(with: "P<".unicodeScalars)
      || (rest.first == "<" && !rest.starts(with: "<=".unicodeScalars) && !rest.starts(with: "<!".unicodeScalars))
  }

  private mutating func name() throws(PatternError) -> String {
    _ = take("P")
    _ = take("<")
    let name = scalars[index...].prefix { $0.isWord }
    index += name.count
    guard !name.isEmpty, take(">") else { throw PatternError(reason: "a group's name is written (?<name>...)") }
    return String(String.UnicodeScalarView(name))
  }

  /// Reads `flags)` or `flags:`; true for the former, whose flags hold to the end of the enclosing group.
  private mutating func flagsOnly() throws(PatternError) -> Bool {
    var isOn = true
    while let scalar = current {
      index += 1
      switch scalar {
      case "i": flags.ignoreCase = isOn
      case "m": flags.multiLine = isOn
      case "s": flags.dotAll = isOn
      case "x": flags.extended = isOn
      case "U": flags.swapGreed = isOn
      case "u": break
      case "-": isOn = false
      case ":": return false
      case ")": return true
      default: throw PatternError(reason: "\"(?\(scalar)\" is not supported")
      }
    }
    throw PatternError(reason: "a \"(\" without its \")\"")
  }

  private mutating func escape() throws(PatternError) -> PatternNode {
    guard let scalar = current else { throw PatternError(reason: "a \"\\\" at the end") }
    switch scalar {
    case "b": return anchor(.wordBoundary)
    case "B": return anchor(.noWordBoundary)
    case "A": return anchor(.textStart)
    case "z": return anchor(.textEnd)
    default:
      var reader = ClassReader(scalars: scalars, index: index, ignoresCase: flags.ignoreCase)
      var set = ScalarSet()
      set.ignoresCase = flags.ignoreCase
      if let literal = try reader.escape(into: &set) { set.insert(literal) }
      index = reader.index
      return .scalar(set)
    }
  }

  private mutating func anchor(_ anchor: Anchor) -> PatternNode {
    index += 1
    return .anchor(anchor)
  }

  private mutating func repeated(_ node: PatternNode) throws(PatternError) -> PatternNode {
    var node = node
    while let (least, most) = try bounds() {
      let lazy = take("?") != flags.swapGreed
      repetitions += 1
      guard repetitions < Self.depthLimit * 10 else { throw PatternError(reason: "too many repetitions") }
      node = .repeat(node, least: least, most: most, lazy: lazy)
    }
    return node
  }

  private mutating func bounds() throws(PatternError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard current == "{" else { return nil }
    let start = index
    index += 1
    guard let least = number() else {
      index = start
      throw PatternError(reason: "\"{\" starts a repetition such as \"{2,5}\"; write \"\\{\" for the character")
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else { throw PatternError(reason: "a repetition without its \"}\"") }
    if let most, most < least { throw PatternError(reason: "a repetition whose bounds are the wrong way round") }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let digits = scalars[index...].prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty, digits.count < 7 else { return nil }
    index += digits.count
    return digits.reduce(0) { $0 * 10 + Int($1.value - 48) }
  }
}
