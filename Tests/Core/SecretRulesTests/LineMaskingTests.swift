import Support
import Testing

@testable import SecretRules

@Suite struct `Masking lines` {
  static func output(of pieces: [[UInt8]]) -> [UInt8] {
    var masking = LineMasking()
    return pieces.flatMap { masking.write($0) } + masking.finish()
  }

  static func bytes(_ template: String) -> [UInt8] { SampleTemplate(template)?.bytes ?? [] }

  static let key = bytes(
    "-----BEGIN RSA PRI{}VATE KEY-----\\n{base64:64}\\n{base64:64}\\n-----END RSA PRI{}VATE KEY-----\\n")
  static let token = bytes("ghp_{alnum:36}")

  @Test func `puts the rule's id where the secret stood`() {
    let text = Array("before ".utf8) + Self.token + Array(" after\nnext".utf8)
    #expect(Self.output(of: [text]) == Array("before [redacted:github-personal-token] after\nnext".utf8))
  }

  @Test func `masks a private key over its lines, once it has ended`() {
    var masking = LineMasking()
    let text = Array("one\n".utf8) + Self.key + Array("two\n".utf8)
    let end = text.count - 30
    #expect(masking.write(text[..<end]) == Array("one\n".utf8))
    #expect(
      masking.write(text[end...]) + masking.finish() == Array("[redacted:private-key]\ntwo\n".utf8).dropFirst(0) + [])
  }

  @Test(arguments: [1, 2, 3, 7, 30, 64])
  func `gives the same output however the text is cut`(size: Int) {
    let text =
      Array("first\n".utf8) + Self.token + Array("\n".utf8) + Self.key + Array("password in words\n".utf8) + Self.token
    let pieces = stride(from: 0, to: text.count, by: size).map { Array(text[$0..<min(text.count, $0 + size)]) }
    #expect(Self.output(of: pieces) == Self.output(of: [text]))
  }

  @Test func `of a line longer than a window finds secrets in every part, and holds back no more than a window`() {
    var random = SplitMix(3)
    var line: [UInt8] = []
    for _ in 0..<40 {
      line += [UInt8](repeating: UInt8(ascii: "."), count: Int.random(in: 0..<9000, using: &random)) + Self.token
      line.append(UInt8(ascii: " "))
    }
    let whole = Self.output(of: [line + [.newline]])
    #expect(String(decoding: whole, as: UTF8.self).components(of: "[redacted:github-personal-token]") == 40)
    var (masking, written, output) = (LineMasking(), 0, [UInt8]())
    for start in stride(from: 0, to: line.count, by: 1000) {
      let piece = line[start..<min(line.count, start + 1000)]
      written += piece.count
      output += masking.write(piece)
      #expect(masking.heldBytes <= LineMasking.window)
    }
    #expect(output + masking.write([.newline]) + masking.finish() == whole)
  }

  @Test func `masks a secret that is longer than a window to its end`() {
    let value = [UInt8](repeating: 0, count: 100_000).indices.map { UInt8(ascii: "a") + UInt8($0 * 7 % 26) }
    let text = Array("-----BEGIN PRI".utf8) + Array("VATE KEY-----\\n".utf8) + value + Array("\"} rest\n".utf8)
    let output = Self.output(of: [text])
    #expect(output == Array("[redacted:private-key]\"} rest\n".utf8))
  }

  @Test func `does not wait for the end of a private key that never comes`() {
    var masking = LineMasking()
    _ = masking.write(Array("-----BEGIN PRI".utf8) + Array("VATE KEY-----\n".utf8))
    for _ in 0..<2000 {
      _ = masking.write(Array("an ordinary line of a log\n".utf8))
      #expect(masking.heldBytes <= LineMasking.longestKey + 100)
    }
    #expect(masking.heldBytes == 0)
  }

  @Test func `leaves masks alone`() {
    let text = Array("password=[redacted:PVE_TOKEN] https://u:[redacted:X]@h Authorization: Bearer [redacted:Y]\n".utf8)
    #expect(Self.output(of: [text]) == text)
  }
}

extension String {
  func components(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
