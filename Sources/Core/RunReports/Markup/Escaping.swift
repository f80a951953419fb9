/// Makes text harmless in HTML, whoever wrote it: nothing in it is markup, and nothing in it moves or hides other text.
///
/// Control characters become their pictures (Unicode, block "Control Pictures"), those of Latin-1 U+FFFD, and those that
/// change the direction of writing their names.
enum Escaping {
  static func append(_ text: String, to out: inout [UInt8], quoted: Bool = false) {
    var text = text
    text.withUTF8 { bytes in
      var index = 0
      while index < bytes.count {
        let byte = unsafe bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "&"): out += "&amp;".utf8
        case UInt8(ascii: "<"): out += "&lt;".utf8
        case UInt8(ascii: ">"): out += "&gt;".utf8
        case UInt8(ascii: "\"") where quoted: out += "&quot;".utf8
        case UInt8(ascii: "'") where quoted: out += "&#39;".utf8
        case UInt8(ascii: "\n") where !quoted, UInt8(ascii: "\t") where !quoted, 0x20...0x7e: out.append(byte)
        case 0..<0x20: out += [0xe2, 0x90, 0x80 + byte]
        case 0x7f: out += [0xe2, 0x90, 0xa1]
        case 0xc2, 0xd8, 0xe2:
          let next = index < bytes.count ? unsafe bytes[index] : 0
          let last = index + 1 < bytes.count ? unsafe bytes[index + 1] : 0
          guard let (replacement, count) = control(byte, next, last) else { fallthrough }
          out += replacement.utf8
          index += count
        default: out.append(byte)
        }
      }
    }
  }

  /// What stands for a character of these bytes, and how many follow its first one; nil for one that only shows itself.
  private static func control(_ first: UInt8, _ next: UInt8, _ last: UInt8) -> (String, Int)? {
    switch (first, next, last) {
    case (0xc2, 0x80...0x9f, _): ("\u{fffd}", 1)
    case (0xd8, 0x9c, _): ("[U+061C]", 1)
    case (0xe2, 0x80, 0x8e...0x8f), (0xe2, 0x80, 0xaa...0xae):
      ("[U+20\(String(last - 0x80, radix: 16, uppercase: true).leftPadded)]", 2)
    case (0xe2, 0x81, 0xa6...0xa9): ("[U+20\(String(last - 0x40, radix: 16, uppercase: true))]", 2)
    default: nil
    }
  }

  /// How many bytes of a page a byte of a text takes at the most.
  static func cost(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "&"): 5
    case UInt8(ascii: "<"), UInt8(ascii: ">"): 4
    case 0..<0x20, 0x7f: 3
    case 0x80...: 3
    default: 1
    }
  }
}

extension String {
  fileprivate var leftPadded: String { utf8.count < 2 ? "0" + self : self }

  /// As one row: a line break is shown and breaks nothing.
  var row: String { String(map { $0 == "\n" || $0 == "\r\n" ? "␊" : $0 }) }
}
