/// Where a token that begins with a letter or digit may begin.
enum WordStart {
  /// Not after a letter or digit, unless that ends an escape: `\n`, `\t`, `\r`, `\x0a`, `\u000a`, `%0A` or a colour code.
  static func isPossible(at index: Int, in bytes: [UInt8]) -> Bool {
    guard index > 0, bytes[index - 1].isAlphanumeric else { return true }
    func byte(_ back: Int) -> UInt8 { index >= back ? bytes[index - back] : 0 }
    let backslash = UInt8(ascii: "\\")
    if byte(2) == backslash { return "nrtbf0".utf8.contains(byte(1)) }
    if byte(3) == UInt8(ascii: "%") { return byte(1).isHexDigit && byte(2).isHexDigit }
    if byte(4) == backslash, byte(3) == UInt8(ascii: "x") { return byte(1).isHexDigit && byte(2).isHexDigit }
    if byte(6) == backslash, byte(5) == UInt8(ascii: "u") { return (1...4).allSatisfy { byte($0).isHexDigit } }
    return endsInColour(index, in: bytes)
  }

  /// ECMA-48, 5.4: `[`, parameters, a final letter; what the escape before it is spelled like does not matter.
  private static func endsInColour(_ index: Int, in bytes: [UInt8]) -> Bool {
    guard bytes[index - 1] == UInt8(ascii: "m") else { return false }
    var start = index - 1
    while start > 0, index - start < 16, bytes[start - 1].isDigit || bytes[start - 1] == UInt8(ascii: ";") {
      start -= 1
    }
    return start > 1 && bytes[start - 1] == UInt8(ascii: "[")
  }
}

extension UInt8 {
  var isHexDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
