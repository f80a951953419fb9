import DeliveryLoop
import Testing

@Suite struct `Misspelt words` {
  @Test(arguments: [
    ("frmat", "format"), ("tset", "test"), ("max_file", "max_files"), ("u6b.1", "br-u6b.1"), ("VALIDATE", "validate"),
    ("elephant", nil), ("", nil),
  ])
  func `finds what was meant`(word: String, meant: String?) {
    let known = ["format", "test", "max_files", "br-u6b.1", "br-u6b.11", "validate"]
    #expect(Spelling.nearest(to: word, among: known) == meant)
  }

  @Test func `lists the nearest first and few of them`() {
    let known = ["br-u6b.3", "br-u6b.1", "br-u6c.2", "br-u6b.2"]
    #expect(Spelling.similar(to: "br-u6b.2", among: known) == ["br-u6b.2", "br-u6b.1", "br-u6b.3"])
    #expect(Spelling.similar(to: "br-u6b.22", among: known, limit: 1) == ["br-u6b.2"])
  }
}
