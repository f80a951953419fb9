/// Some bits of a base64 character (RFC 4648, section 4): those that belong to a secret.
struct Sextet: Hashable, Sendable {
  let bits: Int
  /// Which bits are known.
  let mask: Int

  /// Whether the byte is a character of either alphabet with these bits.
  func accepts(_ byte: UInt8) -> Bool {
    guard let value = Self.value(of: byte) else { return false }
    return value & mask == bits & mask
  }

  /// nil where the byte is no character of the standard and none of the URL-safe alphabet.
  static func value(of byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) + 4
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
