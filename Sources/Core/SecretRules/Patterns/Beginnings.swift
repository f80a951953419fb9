/// The strings of which every match of a pattern begins with one.
struct Beginnings {
  /// More strings than this, or longer ones, make no search faster.
  private static let mostStrings = 128
  private static let longest = 12
  /// With as many bytes a class is no longer worth its strings.
  private static let enough = 4

  /// In lower case.
  private(set) var strings: [[UInt8]] = [[]]
  /// Whether the strings stand for all that was read so far, so that what follows may be added to them.
  private var isOpen = true

  init(of pieces: some Collection<Piece>) { for piece in pieces where isOpen { append(piece) } }

  private mutating func append(_ piece: Piece) {
    switch piece {
    case .run(let set, let minimum, let maximum):
      let bytes = Set(set.elements.map(\.lowercased)).sorted().map { [$0] }
      for _ in 0..<min(minimum, Self.longest) where isOpen { append(choices: bytes) }
      if minimum == 0, maximum == 1 { append(choices: bytes + [[]]) } else if minimum != maximum { isOpen = false }
    case .choice(let branches):
      let parts = branches.map { Beginnings(of: $0.pieces) }
      append(choices: parts.flatMap(\.strings))
      if !parts.allSatisfy(\.isOpen) { isOpen = false }
    case .repeated(let pieces, let minimum, let maximum):
      let part = Beginnings(of: pieces)
      if minimum == 0, maximum == 1, part.isOpen {
        append(choices: part.strings + [[]])
      } else {
        if minimum > 0 { append(choices: part.strings) }
        isOpen = false
      }
    case .secret(let pieces): for piece in pieces where isOpen { append(piece) }
    case .lookahead: break
    }
  }

  private mutating func append(choices: [[UInt8]]) {
    let shortest = strings.map(\.count).min() ?? 0
    guard isOpen, strings.count * choices.count <= Self.mostStrings, shortest < Self.longest,
      shortest < Self.enough || choices.count <= 4
    else {
      isOpen = false
      return
    }
    strings = strings.flatMap { start in choices.map { start + $0 } }
  }
}
