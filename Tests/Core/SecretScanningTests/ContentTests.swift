import SecretScanning
import Testing

@Suite struct `The kind of content` {
  private func kind(_ bytes: [UInt8]) -> ContentKind { ContentKind(of: bytes) }

  @Test func `is told by the first bytes`() {
    #expect(kind([0x1f, 0x8b, 0x08, 0, 0]) == .compressed)
    #expect(kind(Array("PK\u{3}\u{4}".utf8)) == .archive)
    #expect(kind([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) == .compressed)
    #expect(kind([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) == .archive)
    #expect(kind([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) == .png)
    #expect(kind(Array("Rar!\u{1a}\u{7}\u{1}".utf8)) == .unsupported("RAR archive"))
    for text in ["", "P", "BZh is no archive", "hello\n", String(repeating: "1234567 ", count: 100)] {
      #expect(kind(Array(text.utf8)) == .plain, "\(text)")
    }
  }

  @Test func `is an archive when a program stands before a zip file`() {
    let end: [UInt8] = Array("PK\u{5}\u{6}".utf8) + [UInt8](repeating: 0, count: 16)
    #expect(kind(Array("#!/bin/sh\n".utf8) + end + [0, 0]) == .archive)
    #expect(kind(Array("#!/bin/sh\n".utf8) + end + [3, 0, 1, 2, 3]) == .archive)
    #expect(kind(Array("#!/bin/sh\n".utf8) + end + [3, 0, 1, 2, 3, 4]) == .plain)
  }

  @Test func `is an archive by the checksum of a tar header alone`() {
    var header = [UInt8](repeating: 0, count: 512)
    header.replaceSubrange(0..<4, with: "name".utf8)
    header.replaceSubrange(148..<156, with: "        ".utf8)
    let sum = header.reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    header.replaceSubrange(
      148..<156, with: Array((String(repeating: "0", count: 6 - digits.count) + digits).utf8) + [0, 0x20])
    #expect(kind(header) == .archive)
    header[0] += 1
    #expect(kind(header) == .plain)
  }
}

@Suite struct `Text without its escapes` {
  @Test func `tells where its bytes come from`() throws {
    let text = #"a\"b\\n\u0041\n\x\u0001\"#
    let view = try #require(TextView(unescaping: Array(text.utf8)))
    #expect(String(decoding: view.bytes, as: UTF8.self) == "a\"b\\nA\n\\x\\u0001\\")
    let ranges = [0..<1, 1..<2, 2..<4, 5..<6, 6..<8, 14..<15]
    #expect(view.originals(of: ranges) == [0..<1, 1..<3, 3..<6, 7..<13, 13..<16, 22..<23])
    #expect(view.originals(of: []) == [])
  }

  @Test func `is none where there are no escapes, and in what is no text`() {
    #expect(TextView(unescaping: Array("plain".utf8))?.bytes == nil)
    #expect(TextView(unescaping: [0x5c, 0])?.bytes == nil)
    #expect(TextView(unescaping: [])?.bytes == nil)
  }
}

@Suite struct `A Git LFS pointer` {
  @Test func `is known by its form`() {
    let id = String(repeating: "ab", count: 32)
    let text = "version https://git-lfs.github.com/spec/v1\noid sha256:\(id)\nsize 12\n"
    #expect(LargeFilePointer(Array(text.utf8))?.id == id)
    #expect(LargeFilePointer(Array("x\(text)".utf8)) == nil)
    #expect(LargeFilePointer(Array(text.replacing(id, with: "../../x").utf8)) == nil)
    #expect(LargeFilePointer(Array((text + String(repeating: " ", count: 1024)).utf8)) == nil)
  }
}

@Suite struct `A picture's compressed text` {
  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let count = UInt32(data.count)
    let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    return length + name.utf8 + data + [0, 0, 0, 0]
  }

  @Test func `is wrapped as a gzip file`() {
    let zlib: [UInt8] = [0x78, 0x9c, 1, 2, 3, 9, 9, 9, 9]
    let picture =
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + chunk("zTXt", Array("Comment\0".utf8) + [0] + zlib)
      + chunk("tEXt", Array("Comment\0plain".utf8))
      + chunk("iTXt", Array("Comment\0".utf8) + [1, 0] + Array("en\0Kommentar\0".utf8) + zlib)
      + chunk("iTXt", Array("Comment\0".utf8) + [0, 0] + Array("en\0Kommentar\0plain".utf8))
    let wrapped: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0]
    #expect(PNGText.compressed(in: picture) == [wrapped, wrapped])
    for count in picture.indices { _ = PNGText.compressed(in: Array(picture[..<count])) }
  }
}
