import Redaction

/// What is read: what a build prints, and what is hard to read.
enum Input {
  /// Lines as servers and compilers print them.
  case log
  /// The same with strings in strings of JSON, addresses with percent signs, entities and colours in nearly every line.
  case escaped
  /// The same without an end of a line.
  case line
  /// Always nearly the first secret: 4,096 times a letter and then another.
  case prefix
  /// The first line of a private key, and then blanks.
  case blanks
  /// Some text again and again.
  case repeated(String)

  static let names: [String: Input] = [
    "log": .log, "escaped": .escaped, "line": .line, "prefix": .prefix, "blanks": .blanks,
  ]

  /// Random ones of 32 characters; the first is another where the input asks for that.
  func secrets(_ count: Int, _ generator: inout Generator) throws -> [Secret] {
    var values = (0..<count).map { _ in (0..<32).map { _ in UInt8(33 + generator.next() % 90) } }
    switch self {
    case .prefix: values[0] = Array(repeating: UInt8(ascii: "a"), count: 4096) + Array("b".utf8)
    case .blanks: values[0] = Self.privateKey(&generator)
    default: break
    }
    return try values.enumerated().map { index, value in try Secret(name: "S\(index)", bytes: value) }
  }

  /// What is read before the blocks, unmeasured.
  var beginning: [UInt8] {
    if case .blanks = self { Array(Self.firstLine.utf8) } else { [] }
  }

  /// 64 KiB, to be repeated.
  func block(_ generator: inout Generator) -> [UInt8] {
    switch self {
    case .log: Self.log(&generator, Self.words)
    case .escaped: Self.log(&generator, Self.words + Self.written)
    case .line: Self.log(&generator, Self.words).map { $0 == 0x0a ? 0x20 : $0 }
    case .prefix: Self.repeated("a")
    case .blanks: Self.repeated(" ")
    case .repeated(let text): Self.repeated(text)
    }
  }

  private static let words = [
    "GET", "/v1/nodes", "200", "compiling", "Sources/Core/Run.swift", "ok", "took", "ms", "warning:", "node=pve",
    "id=104", "{\"data\":",
  ]

  private static let written = [
    "{\"msg\":\"he said \\\"no\\\"\\n\"}", "/search?q=a%20b%2Fc", "a &amp; b", "\u{1b}[32mok\u{1b}[0m", "C:\\temp\\x",
  ]

  private static func log(_ generator: inout Generator, _ words: [String]) -> [UInt8] {
    var text = ""
    while text.utf8.count < 65_536 {
      text += "2026-01-01T00:00:\(10 + generator.next() % 50)Z "
      for _ in 0..<8 { text += words[Int(generator.next() % UInt64(words.count))] + " \(generator.next() % 10_000) " }
      text += "\n"
    }
    return Array(text.utf8.prefix(65_536))
  }

  private static func repeated(_ text: String) -> [UInt8] {
    Array([String](repeating: text, count: 65_536 / max(1, text.utf8.count)).joined().utf8)
  }

  private static let firstLine = "-----BEGIN PRIVATE KEY-----\n"

  private static func privateKey(_ generator: inout Generator) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let lines = (0..<26).map { _ in (0..<64).map { _ in alphabet[Int(generator.next() % 64)] } }
    return Array(firstLine.utf8) + lines.joined(separator: [0x0a]) + Array("\n-----END PRIVATE KEY-----\n".utf8)
  }
}

/// Knuth's linear congruential generator: the same input at every run.
struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
