import Charsets
import LiveChecks
import Testing

@Suite struct `Charsets of the system` {
  @Test(
    arguments: [
      ("gbk", [0xc4, 0xe3, 0xba, 0xc3], "你好"), ("shift_jis", [0x83, 0x65, 0x83, 0x58], "テス"),
      ("euc-jp", [0xa5, 0xc6], "テ"), ("big5", [0xa7, 0x41], "你"), ("euc-kr", [0xb0, 0xa1], "가"),
      ("koi8-r", [0xd2, 0xd5], "ру"), ("windows-1251", [0xf0, 0xf3], "ру"), ("iso-8859-15", [0xa4], "€"),
      ("utf-16le", [0x41, 0, 0x3d, 0xd8, 0, 0xde], "A😀"), ("utf-16be", [0, 0x41], "A"), ("iso-8859-2", [0xb1], "ą"),
      ("iso-2022-jp", [0x1b, 0x24, 0x42, 0x25, 0x46, 0x1b, 0x28, 0x42], "テ"), ("macintosh", [0x8e], "é"),
      ("windows-874", [0xa1], "ก"), ("x-mac-cyrillic", [0xe0], "а"), ("ibm866", [0xe0], "р"),
      ("iso-8859-8-i", [0xe0], "א"),
      ("gb18030", [0x81, 0x30, 0x81, 0x30], "\u{80}"), ("gbk", [], ""),
    ] as [(String, [UInt8], String)])
  func `give the text of bytes`(charset: String, bytes: [UInt8], text: String) {
    #expect(Iconv.decode(bytes, charset: charset) == .success(text))
  }

  @Test func `cope with long texts`() {
    let bytes = [UInt8](repeating: 0xe0, count: 300_001)
    #expect(Iconv.decode(bytes, charset: "koi8-r") == .success(String(repeating: "Ю", count: 300_001)))
  }

  @Test(
    arguments: [("gbk", [0xc4]), ("utf-16le", [0x41]), ("utf-16le", [0, 0xdc]), ("euc-jp", [0xff])]
      as [(String, [UInt8])])
  func `refuse what is not valid`(charset: String, bytes: [UInt8]) {
    #expect(Iconv.decode(bytes, charset: charset) == .failure(.malformed))
  }

  @Test func `are not made up`() { #expect(Iconv.decode([65], charset: "klingon") == .failure(.unknown)) }
}
