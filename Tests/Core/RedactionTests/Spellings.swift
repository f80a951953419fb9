/// A value as writers put it down, by name.
enum Spellings {
  struct Spelling: Sendable, CustomStringConvertible {
    let name: String
    let bytes: [UInt8]

    var description: String { name }
  }

  /// Those that mean the value alone, each by the rules of its format, and some that no format asks for but every reader takes.
  static func all(of value: [UInt8]) -> [Spelling] {
    var random = SplitMix(UInt64(value.count))
    let text = String(decoding: value, as: UTF8.self)
    let isText = String(validating: value, as: UTF8.self) != nil
    func mixed(_ digits: String) -> String {
      String(digits.map { Bool.random(using: &random) ? Character($0.uppercased()) : $0 })
    }
    func perByte(_ write: (UInt8) -> String) -> [UInt8] { value.flatMap { Array(write($0).utf8) } }
    func some(_ write: (UInt8) -> String) -> [UInt8] {
      value.flatMap { byte in
        let isSafe = byte > 0x20 && byte < 0x7f && !"%\\&\"'<>".utf8.contains(byte)
        return isSafe && Bool.random(using: &random) ? [byte] : Array(write(byte).utf8)
      }
    }
    var all = [
      Spelling(name: "hex in mixed case", bytes: Array(mixed(perByteText(value)).utf8)),
      Spelling(name: "percent of every byte in mixed case", bytes: perByte { "%" + mixed(hex($0)) }),
      Spelling(name: "percent of some bytes", bytes: some { "%" + mixed(hex($0)) }),
      Spelling(name: "percent twice", bytes: some { "%25" + hex($0) }),
      Spelling(name: "hex escapes in mixed case", bytes: perByte { "\\x" + mixed(hex($0)) }),
      Spelling(name: "hex escapes of some bytes", bytes: some { "\\x" + hex($0) }),
      Spelling(name: "octal escapes", bytes: perByte { "\\" + octal($0) }),
      Spelling(name: "octal escapes of some bytes", bytes: some { "\\" + octal($0) }),
      Spelling(name: "colours", bytes: perBytes(value) { [$0] + Array("\u{1b}[0;31m".utf8) }.dropLast(7)),
      Spelling(name: "wrapped base64", bytes: broken(base64(value), by: "\n", every: 64)),
      Spelling(name: "base64 wrapped at 76", bytes: broken(base64(value), by: "\r\n", every: 76)),
      Spelling(name: "base64 wrapped and indented", bytes: broken(base64(value), by: "\n  ", every: 20)),
      Spelling(name: "base64 wrapped within JSON", bytes: broken(base64(value), by: "\\n", every: 64)),
      Spelling(name: "base64 with escaped slashes", bytes: escapedSlashes(base64(value))),
      Spelling(name: "base64 of base64 and a line break", bytes: base64(base64(value) + [0x0a])),
      Spelling(name: "hex wrapped at 60", bytes: broken(Array(perByteText(value).utf8), by: "\n", every: 60)),
      Spelling(name: "xxd", bytes: Array(xxd(value).utf8)),
      Spelling(name: "hexdump -C", bytes: Array(hexdump(value).utf8)),
      Spelling(name: "od", bytes: Array(od(value).utf8)),
    ]
    // What takes line breaks and blanks away takes those of the value as well.
    if !value.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ">") }) {
      all += [
        Spelling(name: "broken by a terminal", bytes: broken(value, by: "\r\n", every: 7)),
        Spelling(name: "broken and indented", bytes: broken(value, by: "\n    ", every: 5)),
        Spelling(name: "broken and quoted", bytes: broken(value, by: "\n> ", every: 6)),
      ]
    }
    if isText {
      func units(_ write: (UInt16) -> String) -> [UInt8] { Array(text.utf16.map(write).joined().utf8) }
      func scalars(_ write: (Unicode.Scalar) -> String) -> [UInt8] {
        Array(text.unicodeScalars.map(write).joined().utf8)
      }
      // As addresses are written that leave out what they can: a percent sign before no digits stands for itself.
      let address = value.flatMap { "\"\\'&/".utf8.contains($0) ? [$0] : Array("%\(hex($0))".utf8) }
      let query = json(text).flatMap { "\"\\%&".utf8.contains($0) ? Array("%\(hex($0))".utf8) : [$0] }
      all += [
        Spelling(name: "an address in JSON", bytes: json(String(decoding: address, as: UTF8.self))),
        Spelling(name: "an address in XML", bytes: xml(address)), Spelling(name: "JSON in an address", bytes: query),
        Spelling(name: "JSON units", bytes: units { "\\u" + mixed(hex(UInt8($0 >> 8)) + hex(UInt8($0 & 255))) }),
        Spelling(name: "JSON units in JSON", bytes: units { "\\\\u" + hex(UInt8($0 >> 8)) + hex(UInt8($0 & 255)) }),
        Spelling(name: "braces", bytes: scalars { "\\u{" + String($0.value, radix: 16) + "}" }),
        Spelling(
          name: "eight digits", bytes: scalars { "\\U" + String(UInt64($0.value) + 1 << 32, radix: 16).dropFirst() }),
        Spelling(name: "decimal references", bytes: scalars { "&#\($0.value);" }),
        Spelling(name: "padded references", bytes: scalars { "&#000\($0.value);" }),
        Spelling(name: "hex references", bytes: scalars { "&#x\(mixed(String($0.value, radix: 16)));" }),
        Spelling(name: "references in references", bytes: scalars { "&amp;#\($0.value);" }),
        Spelling(name: "Swift", bytes: Array(text.debugDescription.dropFirst().dropLast().utf8)),
        Spelling(name: "JSON", bytes: json(text)),
        Spelling(name: "JSON in JSON", bytes: json(String(decoding: json(text), as: UTF8.self))),
      ]
    }
    return all
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      text += (0...group.count).map { alphabet[bits >> (18 - 6 * $0) & 63] }
    }
    return text
  }

  static func broken(_ bytes: [UInt8], by mark: String, every width: Int) -> [UInt8] {
    Array(
      stride(from: 0, to: bytes.count, by: width).map { bytes[$0..<min($0 + width, bytes.count)] }.joined(
        separator: Array(mark.utf8)))
  }

  private static func json(_ text: String) -> [UInt8] {
    Array(
      text.unicodeScalars.map { scalar -> String in
        switch scalar {
        case "\"", "\\", "/": "\\\(scalar)"
        case "\n": "\\n"
        case _ where scalar.value < 0x20: "\\u00" + hex(UInt8(scalar.value))
        default: String(scalar)
        }
      }.joined().utf8)
  }

  private static func xml(_ bytes: [UInt8]) -> [UInt8] {
    let names: [UInt8: String] = [0x26: "&amp;", 0x3c: "&lt;", 0x3e: "&gt;", 0x22: "&quot;", 0x27: "&#39;"]
    return bytes.flatMap { names[$0].map { Array($0.utf8) } ?? [$0] }
  }

  private static func escapedSlashes(_ bytes: [UInt8]) -> [UInt8] {
    perBytes(bytes) { $0 == UInt8(ascii: "/") ? [0x5c, $0] : [$0] }
  }
  private static func perBytes(_ bytes: [UInt8], _ write: (UInt8) -> [UInt8]) -> [UInt8] { bytes.flatMap(write) }
  private static func perByteText(_ bytes: [UInt8]) -> String { bytes.map(hex).joined() }
  private static func hex(_ byte: UInt8) -> String { String(String(UInt16(byte) + 256, radix: 16).dropFirst()) }
  private static func octal(_ byte: UInt8) -> String { String(String(UInt16(byte) + 512, radix: 8).dropFirst()) }

  private static func rows(_ bytes: [UInt8], _ write: (Int, [UInt8]) -> String) -> String {
    stride(from: 0, to: bytes.count, by: 16).map { write($0, Array(bytes[$0..<min($0 + 16, bytes.count)])) }.joined(
      separator: "\n")
  }

  private static func visible(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.map { $0 >= 0x20 && $0 < 0x7f ? $0 : 0x2e }, as: UTF8.self)
  }

  private static func offset(_ index: Int) -> String { String(String(index + 1 << 32, radix: 16).dropFirst()) }

  private static func xxd(_ bytes: [UInt8]) -> String {
    rows(bytes) { index, row in
      let groups = stride(from: 0, to: row.count, by: 2).map { row[$0..<min($0 + 2, row.count)].map(hex).joined() }
      let digits = groups.joined(separator: " ")
      return offset(index) + ": " + digits + String(repeating: " ", count: 41 - digits.count) + visible(row)
    }
  }

  private static func hexdump(_ bytes: [UInt8]) -> String {
    rows(bytes) { index, row in
      let halves = [row.prefix(8), row.dropFirst(8)].map { $0.map(hex).joined(separator: " ") }
      let digits = halves[1].isEmpty ? halves[0] : halves.joined(separator: "  ")
      return offset(index) + "  " + digits + String(repeating: " ", count: 50 - digits.count) + "|" + visible(row) + "|"
    }
  }

  private static func od(_ bytes: [UInt8]) -> String { rows(bytes) { _, row in row.map { " " + hex($0) }.joined() } }
}
