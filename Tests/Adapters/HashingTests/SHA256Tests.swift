import DeliveryLoop
import Engine
import Hashing
import Testing

@Suite struct `SHA-256` {
  /// FIPS 180-4 and its published examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `is what the standard says`(text: String, digest: String) {
    #expect(OpenSSLHashing().sha256(Array(text.utf8)).text == digest)
  }

  @Test func `of pieces is that of the whole, wherever it was cut`() {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let whole = OpenSSLHashing().sha256(bytes)
    for size in [1, 63, 64, 65, 4_096, 99_999] {
      var hash = OpenSSLHashing().begin()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(hash.finish() == whole, "\(size)")
    }
  }
}
