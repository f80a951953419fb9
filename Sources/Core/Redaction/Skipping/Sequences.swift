/// What readers of all notations may take some bytes for that begin with a special one: more than they do, never less.
struct Sequences {
  /// Bytes for which a sequence stands, each with the index behind it.
  private(set) var values: InlineArray<3, (byte: UInt8, next: Int)> = .init(repeating: (0, 0))
  private(set) var valueCount = 0
  /// Where the text goes on if what stands here is left out.
  private(set) var exits: InlineArray<2, Int> = .init(repeating: 0)
  private(set) var exitCount = 0
  /// It is too rare to be looked at here, or depends on bytes that have not come.
  private(set) var isUnknown = false

  private static let unknown = {
    var sequences = Sequences()
    sequences.isUnknown = true
    return sequences
  }()

  private mutating func add(_ byte: UInt8, _ next: Int) {
    values[valueCount] = (byte, next)
    valueCount += 1
  }

  private mutating func add(exit: Int) {
    exits[exitCount] = exit
    exitCount += 1
  }

  /// Those at a special byte; it needs `lookahead` bytes behind it.
  static func read(_ bytes: Span<UInt8>, at index: Int, _ margin: inout Margin) -> Sequences {
    guard index + lookahead < bytes.count else { return unknown }
    switch bytes[index] {
    case .backslash: return backslash(bytes, index, &margin)
    case .percent: return percent(bytes, index)
    case UInt8(ascii: "&"): return entity(bytes, index)
    case 0x1b: return colour(bytes, index)
    default: return lineBreak(bytes, index, &margin)
    }
  }

  static let lookahead = 32

  private static func backslash(_ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) -> Sequences {
    var sequences = Sequences()
    let letter = bytes[index + 1]
    switch letter {
    case .backslash:
      sequences.add(.backslash, index + 2)
      // What an escape within an escape stands for.
      var (inner, next) = (bytes[index + 2], index + 3)
      if inner == .backslash {
        inner = bytes[index + 3]
        next = index + 4
        guard !isLong(inner), !inner.isBreak else { return unknown }
        inner = escaped(inner)
      }
      if inner | 0x20 == UInt8(ascii: "u"), next == index + 3, bytes[next].isASCIIAlphanumeric, !bytes[next].isHexDigit
      {
        return sequences
      }
      guard !isLong(inner), !inner.isBreak else { return unknown }
      sequences.add(escaped(inner), next)
    case UInt8(ascii: "n"), UInt8(ascii: "r"):
      sequences.add(escaped(letter), index + 2)
      switch margin.exit(bytes, from: index + 2, isEscaped: true) {
      case .unknown: return unknown
      case .none: break
      case .at(let exit): sequences.add(exit: exit)
      }
    case UInt8(ascii: "x"), UInt8(ascii: "u"): return digits(bytes, index, count: letter == UInt8(ascii: "x") ? 2 : 4)
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal(bytes, index)
    case UInt8(ascii: "U") where !bytes[index + 2].isHexDigit && !bytes[index + 2].isSpecial: break
    case let letter where isLong(letter) || letter.isSpecial || escaped(letter) == 0x1b: return unknown
    default: sequences.add(escaped(letter), index + 2)
    }
    return sequences
  }

  private static func digits(_ bytes: Span<UInt8>, _ index: Int, count: Int) -> Sequences {
    if bytes[index + 2] == UInt8(ascii: "{") { return unknown }
    var sequences = Sequences()
    var value = 0
    for offset in 2..<(2 + count) {
      let digit = bytes[index + offset]
      // Fewer digits than that, or none.
      if !digit.isHexDigit { return offset > 2 || digit.isSpecial ? unknown : sequences }
      value = value << 4 | Int(digit.hexValue)
    }
    let byte = UInt8(truncatingIfNeeded: value)
    guard count == 2 || value < 0x80, !byte.isSpecial else { return unknown }
    sequences.add(byte, index + 2 + count)
    return sequences
  }

  private static func octal(_ bytes: Span<UInt8>, _ index: Int) -> Sequences {
    var sequences = Sequences()
    var (value, end) = (0, index + 1)
    while end < index + 4, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[end]) {
      value = value << 3 | Int(bytes[end] & 7)
      end += 1
    }
    let byte = UInt8(truncatingIfNeeded: value)
    guard !byte.isSpecial, bytes[end] != .percent else { return unknown }
    sequences.add(byte, end)
    return sequences
  }

  /// Whether more than a letter belongs to an escape.
  private static func isLong(_ letter: UInt8) -> Bool {
    letter | 0x20 == UInt8(ascii: "u") || letter == UInt8(ascii: "x")
      || (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(letter)
  }

  private static func escaped(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "v"): 0x0b
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "e"): 0x1b
    default: letter
    }
  }

  private static func percent(_ bytes: Span<UInt8>, _ index: Int) -> Sequences {
    var sequences = Sequences()
    guard let pair = pair(bytes, index + 1) else { return unknown }
    guard let value = pair.value else { return sequences }
    if value == .backslash { return unknown }
    sequences.add(value, index + 3)
    if value == .percent {
      guard let inner = Self.pair(bytes, index + 3) else { return unknown }
      if let value = inner.value { sequences.add(value, index + 5) }
    }
    return sequences
  }

  /// The value of two digits, if they are; nil where one of them may be written otherwise.
  private static func pair(_ bytes: Span<UInt8>, _ index: Int) -> (value: UInt8?, Void)? {
    let (high, low) = (bytes[index], bytes[index + 1])
    if high == .percent, low.isHexDigit || low == .backslash || low == UInt8(ascii: "&") { return nil }
    if high == .percent { return (nil, ()) }
    if high == .backslash || high == UInt8(ascii: "&") { return nil }
    guard high.isHexDigit else { return (nil, ()) }
    if low == .percent || low == .backslash || low == UInt8(ascii: "&") { return nil }
    return low.isHexDigit ? (high.hexValue << 4 | low.hexValue, ()) : (nil, ())
  }

  private static func entity(_ bytes: Span<UInt8>, _ index: Int) -> Sequences {
    var sequences = Sequences()
    guard let end = semicolon(bytes, index + 1) else { return unknown }
    if end == index { return sequences }
    let value: UInt8
    if let usual = named(bytes, index + 1, end - 1) {
      value = usual
    } else {
      let units = (index..<end).map { Unit(byte: bytes[$0], start: $0, end: $0 + 1, isWritten: false) }
      guard case .sequence(let text) = Entity.read(units, UInt8(ascii: ";")) else { return sequences }
      // Of several bytes, or what the next notation reads.
      guard text.count == 1, text[0] != .percent else { return unknown }
      value = text[0]
    }
    sequences.add(value, end)
    // An entity within an entity.
    if value == UInt8(ascii: "&"), semicolon(bytes, end) != end - 1 { return unknown }
    return sequences
  }

  /// The index behind the semicolon of the name that begins at an index; the index before it where that is none, nil where a part of
  /// it may be written otherwise.
  private static func semicolon(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    for index in start..<(start + 25) {
      guard index + 1 < bytes.count else { return nil }
      switch bytes[index] {
      case UInt8(ascii: ";"): return index + 1
      case .backslash: return nil
      case UInt8(ascii: "&"):
        let next = bytes[index + 1]
        if !next.isASCIIAlphanumeric, next != UInt8(ascii: "#"), next != .backslash { return start - 1 }
        // Those stand for no part of a name.
        let isUsual = [4, 3, 5].contains { index + $0 < bytes.count && named(bytes, index + 1, index + $0) != nil }
        return isUsual && next != UInt8(ascii: "#") ? start - 1 : nil
      case UInt8(ascii: "#") where index == start: break
      case let byte where !byte.isASCIIAlphanumeric: return start - 1
      default: break
      }
    }
    return start - 1
  }

  /// The usual ones.
  private static func named(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt8? {
    func isName(_ name: StaticString) -> Bool {
      guard end - start == name.utf8CodeUnitCount else { return false }
      return (0..<name.utf8CodeUnitCount).allSatisfy { unsafe name.utf8Start[$0] == bytes[start + $0] }
    }
    if isName("amp") { return UInt8(ascii: "&") }
    if isName("lt") { return UInt8(ascii: "<") }
    if isName("gt") { return UInt8(ascii: ">") }
    if isName("quot") { return UInt8(ascii: "\"") }
    if isName("apos") || isName("#39") || isName("#x27") { return UInt8(ascii: "'") }
    return isName("#34") ? UInt8(ascii: "\"") : nil
  }

  private static func colour(_ bytes: Span<UInt8>, _ index: Int) -> Sequences {
    var sequences = Sequences()
    let kind = bytes[index + 1]
    if kind == UInt8(ascii: "[") {
      for end in (index + 2)..<(index + lookahead) {
        let byte = bytes[end]
        if byte == .backslash { return unknown }
        if (0x20...0x3f).contains(byte) { continue }
        if (0x40...0x7e).contains(byte) { sequences.add(exit: end + 1) }
        return sequences
      }
      return unknown
    }
    // Nothing else begins one.
    if (0x30...0x5f).contains(kind) || (0x28...0x2b).contains(kind) { return unknown }
    return sequences
  }

  private static func lineBreak(_ bytes: Span<UInt8>, _ index: Int, _ margin: inout Margin) -> Sequences {
    var sequences = Sequences()
    switch margin.exit(bytes, from: index + 1, isEscaped: false) {
    case .unknown: return unknown
    case .none: break
    case .at(let exit): sequences.add(exit: exit)
    }
    // The same with what precedes the text of the next line.
    var end = index + 1
    while bytes[end].isBreak {
      end += 1
      if end == index + lookahead { return sequences.exitCount == 0 ? sequences : unknown }
    }
    if sequences.exitCount == 0 || sequences.exits[0] != end { sequences.add(exit: end) }
    return sequences
  }

  /// Whether a line may be one of a dump; it needs `lookahead` bytes.
  static func beginsDump(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    if bytes[start].isBreak { return false }
    for index in start..<(start + 5) {
      let byte = bytes[index]
      if byte.isBreak { return true }
      if byte.isHexDigit || byte == 0x20 { continue }
      if index < start + 2 { return false }
      // It is over when its fifth byte has come.
      return (index..<(start + 5)).contains { bytes[$0].isBreak }
    }
    return !(start..<(start + 8)).allSatisfy { bytes[$0] == 0x20 }
  }
}
