/// The escapes of programming languages' string literals and of `$'…'` in shells.
enum EscapedForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    ["'", "\"", "'\""].flatMap { quotes in
      [Beyond.kept, .hexadecimal, .octal].map { beyond in
        value.flatMap { escape($0, quotes: quotes, beyond: beyond) }
      }
    }
  }

  /// What becomes of bytes that are no printable ASCII.
  private enum Beyond {
    case kept, hexadecimal, octal
  }

  private static func escape(_ byte: UInt8, quotes: String, beyond: Beyond) -> [UInt8] {
    switch byte {
    case .backslash: return [.backslash, byte]
    case 0x0a: return Array("\\n".utf8)
    case 0x0d: return Array("\\r".utf8)
    case 0x09: return Array("\\t".utf8)
    case _ where quotes.utf8.contains(byte): return [.backslash, byte]
    case 0x20...0x7e: return [byte]
    default: break
    }
    switch beyond {
    case .kept: return [byte]
    case .hexadecimal: return Array("\\x".utf8) + Digits.cases[0].pair(byte)
    case .octal: return [.backslash] + [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
    }
  }
}
