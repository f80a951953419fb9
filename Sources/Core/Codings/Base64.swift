/// Base64 in the alphabets of RFC 4648, sections 4 and 5.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// With `-` and `_`, without padding.
  package static func encodeURLSafe(_ bytes: [UInt8]) -> String {
    let text = encode(bytes).utf8.filter { $0 != UInt8(ascii: "=") }.map { byte in
      byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Padding may be missing; nil when a character does not belong or bits are left over.
  package static func decode(_ text: String) -> [UInt8]? { decode(text, UInt8(ascii: "+"), UInt8(ascii: "/")) }
  package static func decodeURLSafe(_ text: String) -> [UInt8]? { decode(text, UInt8(ascii: "-"), UInt8(ascii: "_")) }

  private static func decode(_ text: String, _ sign62: UInt8, _ sign63: UInt8) -> [UInt8]? {
    var signs = Array(text.utf8)
    while signs.last == UInt8(ascii: "="), signs.count % 4 != 1 || text.utf8.count - signs.count < 2 {
      signs.removeLast()
    }
    guard signs.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for sign in signs {
      let value: UInt8
      switch sign {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = sign - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = sign - 71
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = sign + 4
      case sign62: value = 62
      case sign63: value = 63
      default: return nil
      }
      bits = (bits << 6 | Int(value)) & 0xffff
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}

/// Two hexadecimal digits a byte, lower-case ones when written.
package enum Hexadecimal {
  package static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  package static func decode(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[start], let low = digits[start + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
