extension Idiom {
  /// What a new version of a file has and the old one (nil: there is none) has not, in order.
  ///
  /// A place that stands as often in the old version is not the change's, wherever it has moved to. A text for people may
  /// name what it warns of, and so may a comment.
  package static func added(by new: [UInt8], to old: [UInt8]?, path: String) -> [IdiomFinding] {
    guard !isProse(path) else { return [] }
    let comments = CommentMark.of(path)
    let found = all(in: new, of: path).filter { !comments.hide($0.range.lowerBound, in: new) }
    guard !found.isEmpty, let old else { return found }
    var known: [Text: Int] = [:]
    for finding in all(in: old, of: path) where !comments.hide(finding.range.lowerBound, in: old) {
      known[Text(finding, in: old), default: 0] += 1
    }
    return found.filter { finding in
      let text = Text(finding, in: new)
      guard let count = known[text], count > 0 else { return true }
      known[text] = count - 1
      return false
    }
  }

  /// With what means something in a file of this name alone: a line of curl's own configuration is an argument without
  /// its hyphens (curl(1), --config).
  private static func all(in bytes: [UInt8], of path: String) -> [IdiomFinding] {
    let found = findings(in: bytes)
    let name = path.split(separator: "/").last ?? ""
    guard [".curlrc", "_curlrc"].contains(name), let curl = all.first(where: { $0.id == "curl-insecure" }) else {
      return found
    }
    let own = bytes.split(separator: 0x0a).compactMap { line -> IdiomFinding? in
      let word = line.drop { [0x20, 0x09].contains($0) }.prefix { ![0x20, 0x09, 0x0d, 0x3d, 0x3a].contains($0) }
      let names = ["-k", "insecure", "proxy-insecure", "doh-insecure"]
      guard names.contains(where: { word.elementsEqual($0.utf8) }) else { return nil }
      let range = word.startIndex..<word.endIndex
      return found.contains { $0.range.overlaps(range) } ? nil : IdiomFinding(idiom: curl, range: range)
    }
    return (found + own).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// What is written for people to read, and by no program to be run.
  private static func isProse(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return ["md", "markdown", "rst", "adoc", "asciidoc", "org", "tex"].contains { name.hasSuffix(".\($0)") }
      || ["changelog", "license", "notice", "readme"].contains { name == $0 || name == "\($0).txt" }
  }

  /// A finding by what stands there.
  private struct Text: Hashable {
    let id: String
    let bytes: ArraySlice<UInt8>

    init(_ finding: IdiomFinding, in bytes: [UInt8]) {
      (id, self.bytes) = (finding.idiom.id, bytes[finding.range])
    }
  }
}

/// How a language begins a comment that goes to the end of the line.
enum CommentMark: Sendable {
  case hash, slashes, dashes, percent, semicolon
  case unknown

  static func of(_ path: String) -> CommentMark {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if ["dockerfile", "makefile", "gemfile", "rakefile", "cmakelists.txt", ".curlrc", ".npmrc", ".wgetrc"].contains(
      name)
    {
      return .hash
    }
    guard let dot = name.lastIndex(of: ".") else { return .unknown }
    return marks[String(name[name.index(after: dot)...])] ?? .unknown
  }

  private static let marks: [String: CommentMark] = {
    let names: [(CommentMark, String)] = [
      (.hash, "py rb pl pm sh bash zsh yaml yml toml tf r ex exs jl cmake conf cfg properties ps1 nix mk hurl"),
      (.slashes, "go rs c h cc cpp hpp m mm swift java kt kts scala groovy cs js mjs cjs jsx ts mts tsx dart php zig"),
      (.dashes, "lua hs sql"), (.percent, "erl hrl"), (.semicolon, "clj cljs edn"),
    ]
    return names.reduce(into: [:]) { marks, pair in
      for name in pair.1.split(separator: " ") { marks[String(name)] = pair.0 }
    }
  }()

  private var bytes: [UInt8] {
    switch self {
    case .hash: Array("#".utf8)
    case .slashes: Array("//".utf8)
    case .dashes: Array("--".utf8)
    case .percent: Array("%".utf8)
    case .semicolon: Array(";".utf8)
    case .unknown: []
    }
  }

  /// Whether a comment begins in the same line before an offset. A mark counts behind blanks alone and before one, so that
  /// `//go:generate`, a shebang and an address are none, and not behind a quote, which could hold it.
  func hide(_ offset: Int, in text: [UInt8]) -> Bool {
    let mark = bytes
    guard !mark.isEmpty else { return false }
    var index = text[..<offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    while index + mark.count < offset {
      if "\"'`".utf8.contains(text[index]) { return false }
      let end = index + mark.count
      let follows = index == 0 || [0x0a, 0x20, 0x09].contains(text[index - 1])
      if follows, text[index..<end].elementsEqual(mark), [0x20, 0x09].contains(text[end]) { return true }
      index += 1
    }
    return false
  }
}
