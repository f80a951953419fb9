import Support

/// A sample of a secret that is written without being one: `{alnum:36}` stands for 36 letters and digits, the same at
/// every run, `{}` for nothing, `\n` and `\t` for themselves.
struct SampleTemplate {
  private static let alphabets: [Substring: [UInt8]] = [
    "alnum": Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8),
    "alpha": Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8),
    "lower": Array("abcdefghijklmnopqrstuvwxyz".utf8),
    "upper": Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8),
    "lowernum": Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8),
    "uppernum": Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8),
    "digit": Array("0123456789".utf8),
    "hex": Array("0123456789abcdef".utf8),
    "HEX": Array("0123456789ABCDEF".utf8),
    "base32": Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8),
    "base64": Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8),
    "bech32": Array("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".utf8),
    "same": Array("x".utf8),
  ]

  let bytes: [UInt8]

  /// nil when an alphabet is unknown.
  init?(_ template: String, seed: UInt64 = 5) {
    var random = SplitMix(seed)
    var bytes: [UInt8] = []
    var rest = template[...]
    while let character = rest.first {
      if rest.hasPrefix("{"), let end = rest.firstIndex(of: "}"),
        let text = Self.expand(rest[rest.index(after: rest.startIndex)..<end], &random)
      {
        bytes += text
        rest = rest[rest.index(after: end)...]
        continue
      }
      rest.removeFirst()
      if character == "\\", let next = rest.first, let byte = ["n": 0x0a, "r": 0x0d, "t": 0x09][next] as UInt8? {
        bytes.append(byte)
        rest.removeFirst()
      } else {
        bytes += Array(String(character).utf8)
      }
    }
    self.bytes = bytes
  }

  /// nil when that is no placeholder but text in braces.
  private static func expand(_ placeholder: Substring, _ random: inout SplitMix) -> [UInt8]? {
    if placeholder.isEmpty { return [] }
    if placeholder == "uuid" {
      let groups = [8, 4, 4, 4, 12].map { pick($0, alphabets["hex"] ?? [], &random) }
      return Array(groups.joined(separator: [UInt8(ascii: "-")]))
    }
    let parts = placeholder.split(separator: ":")
    guard parts.count == 2, let alphabet = alphabets[parts[0]], let count = Int(parts[1]) else { return nil }
    return pick(count, alphabet, &random)
  }

  private static func pick(_ count: Int, _ alphabet: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    (0..<count).map { _ in random.pick(alphabet) }
  }
}
