import Codings

/// Percent-encoding (RFC 3986, section 2.1).
enum Percent {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// What is not a letter, a digit or in `kept` becomes `%XX`.
  static func encode(_ text: String, keeping kept: String = "-._~") -> String {
    encode(text) { byte in
      (48...57).contains(byte) || (97...122).contains(byte | 0x20) || kept.utf8.contains(byte)
    }
  }

  /// Encodes only what can stand in no address at all: blanks, control characters, quotes and what is not ASCII.
  static func clean(_ address: String) -> String {
    encode(address) { byte in
      switch byte {
      case 0...0x20, 0x7f..., UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"),
        UInt8(ascii: "`"):
        false
      default: true
      }
    }
  }

  private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
    if text.utf8.allSatisfy(isKept) { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) { bytes.append(byte) } else { bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// nil when the bytes are not UTF-8; a `%` that starts no pair of digits stays.
  static func decode(_ text: String) -> String? {
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == 0x25, index + 2 < source.count,
        let pair = Hexadecimal.decode(String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self))
      {
        bytes += pair
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
