/// Tells values that were drawn or made up to be secret from words, names, paths and numbers.
struct Randomness {
  /// Longer values are data.
  static let longest = 512

  private let value: ArraySlice<UInt8>
  private var letters = 0
  private var digits = 0
  private var marks = 0
  private var hasBothCases = false
  /// Whether it has marks that names have not.
  private var hasRareMarks = false
  /// How often small letters, capitals and digits take turns; a capital at the beginning of a word does not count.
  private var turns = 0

  /// nil when the value is too long, or has bytes in it that no such value has.
  init?(of value: ArraySlice<UInt8>) {
    guard value.count <= Self.longest else { return nil }
    self.value = value
    var (last, lowers, capitals) = (Kind.mark, 0, 0)
    for byte in value {
      guard (0x21...0x7e).contains(byte) else { return nil }
      let kind = Kind(byte)
      switch kind {
      case .lower: lowers += 1
      case .capital: capitals += 1
      case .digit: digits += 1
      case .mark:
        marks += 1
        if !"-_.:/@".utf8.contains(byte) { hasRareMarks = true }
      }
      if kind != last, kind != .mark, last != .mark, !(last == .capital && kind == .lower) { turns += 1 }
      if kind != .mark || byte != UInt8(ascii: "_") { last = kind }
    }
    letters = lowers + capitals
    hasBothCases = lowers > 0 && capitals > 0
  }

  private enum Kind {
    case lower, capital, digit, mark

    init(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .lower
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .capital
      case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
      default: self = .mark
      }
    }
  }

  /// Whether it looks like a key: 16 characters or more, letters and digits well mixed.
  var isKey: Bool {
    value.count >= 16 && letters >= 4 && isMixed && marks * 4 <= value.count && !isName
  }

  /// Whether it looks like a password: 8 characters or more of several kinds, and no name of something.
  var isPassword: Bool {
    guard (8...128).contains(value.count), letters >= 2, digits + letters >= marks, !isName else { return false }
    if digits + marks == 0 { return isMixed }
    return turns >= 3 || (turns >= 1 && hasBothCases) || (digits >= 1 && hasRareMarks)
  }

  /// Whether the kinds take turns more often than in words, which have next to no digits, and those at their end.
  private var isMixed: Bool { turns * (digits > 1 ? 7 : digits == 1 ? 5 : 4) >= value.count }

  /// Whether it names something: a path, an address, a file, a digest, a part of a program.
  private var isName: Bool {
    let text = value.prefix(64).map(\.lowercased)
    if ["/", "./", "~/", "../", "http", "sha1", "sha256", "sha384", "sha512", "md5", "arn:", "urn:", "vault:", "ref+"]
      .contains(where: { text.starts(with: $0.utf8) })
    {
      return true
    }
    if value.contains(UInt8(ascii: "/")), marks > 1, turns * 4 < value.count { return true }
    // The next name of a list that is written `one= two=`.
    if value.last == UInt8(ascii: "="), value.count % 4 != 0 { return true }
    guard let dot = value.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let suffix = value[(dot + 1)...]
    return suffix.count > 1 && suffix.allSatisfy(\.isLetter)
  }
}
