import Testing

@testable import Codings

@Suite struct `Digests` {
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "8215ef0796a20bcaaae116d3876c664a",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000), "7707d6ae4e027c70eea2a935c2296f21",
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `digest as the standards have it`(text: String, md5: String, sha256: String) {
    #expect(Hexadecimal.encode(MD5.digest(Array(text.utf8))) == md5)
    #expect(Hexadecimal.encode(SHA256.digest(Array(text.utf8))) == sha256)
  }

  @Test func `pad messages of every length`() {
    // One block more from 56 bytes on, where the length has no room any more.
    let ends = (0..<130).map { count -> Int in
      var blocks = 0
      HashBlocks.forEach(of: [UInt8](repeating: 1, count: count), isBigEndian: true) { _ in blocks += 1 }
      return blocks
    }
    #expect(ends == (0..<130).map { ($0 + 8) / 64 + 1 })
  }
}
