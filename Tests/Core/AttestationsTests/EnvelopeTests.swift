import Attestations
import Codings
import JSONText
import Testing

@Suite struct `An envelope` {
  /// The example of the DSSE protocol's own document (secure-systems-lab/dsse, protocol.md).
  @Test func `has the bytes signed that the standard says`() {
    var envelope = Envelope(.string("hello"), type: "http://example.com/HelloWorld")
    #expect(
      String(decoding: envelope.toBeSigned, as: UTF8.self) == #"DSSEv1 29 http://example.com/HelloWorld 7 "hello""#)
    envelope.add([1, 2, 3], by: "k")
    #expect(
      envelope.json.compact
        == #"{"payload":"ImhlbGxvIg==","payloadType":"http://example.com/HelloWorld","signatures":[{"keyid":"k","sig":"AQID"}]}"#
    )
  }

  @Test func `counts bytes and not characters`() {
    let envelope = Envelope(.string("ä"))
    #expect(envelope.toBeSigned.starts(with: Array("DSSEv1 28 application/vnd.in-toto+json 4 \"".utf8)))
  }

  /// Computed with securesystemslib 1.6 for the key of RFC 8032, 7.1, test 1.
  @Test func `names an Ed25519 key as securesystemslib does`() throws {
    let bytes = try #require(Hexadecimal.decode("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    #expect(AttestationKey(ed25519: bytes).id == "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916")
  }
}
