import Codings
import Testing
import Transparency

@Suite struct `A signed note` {
  /// The example in the documentation of golang.org/x/mod/sumdb/note.
  private static let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  private static let note = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

    """

  @Test func `is read and written as others have it`() throws {
    let key = try #require(NoteKey(Self.key))
    #expect(key.name == "PeterNeumann" && key.text == Self.key && Hexadecimal.encode(key.id) == "c74f20a3")
    let note = try #require(SignedNote(reading: Self.note))
    #expect(note.text.hasSuffix("your problem is.\n") && note.document == Self.note)
    #expect(key.signatures(of: note).map(\.bytes.count) == [64])
    var more = note
    more.add(SignedNote.Signature(by: key, [1, 2, 3]))
    #expect(SignedNote(reading: more.document) == more)
  }

  @Test func `may have empty lines in its text`() throws {
    let key = try #require(NoteKey(Self.key))
    let note = try #require(SignedNote("a\n\nb\n", signatures: [.init(by: key, [7])]))
    #expect(SignedNote(reading: note.document) == note)
  }

  @Test(arguments: [
    "", "text\n", "text\n\n", "text\n\nno signature\n", "text\n\n\u{2014} name\n", "text\n\n\u{2014} name AAAA\n",
    "text\n\n\u{2014} name AAAAAAA\n", "text\n\n\u{2014} na+me AAAAAAA=\n", "\n\n\u{2014} name AAAAAAA=\n",
    "text\r\n\n\u{2014} name AAAAAAA=\n", "text\n\n\u{2014} name AAAAAAA=", "text\n\n- name AAAAAAA=\n",
  ])
  func `is not taken from what is none`(text: String) { #expect(SignedNote(reading: text) == nil) }

  @Test(arguments: [
    "", "name", "name+c74f20a3", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc",
  ])
  func `has no key of what is none`(text: String) { #expect(NoteKey(text) == nil) }

  @Test func `takes no text that it could not give back`() {
    for text in ["", "\n", "no line break", "a\u{1}\n", "a\tb\n"] { #expect(SignedNote(text) == nil, "\(text)") }
  }
}

@Suite struct `A checkpoint` {
  private let root = TreeHasher().leaf([1])

  @Test func `is read and written, with lines of its own`() throws {
    for lines in [[], ["run 01", "commit 02"]] {
      let checkpoint = try #require(Checkpoint(origin: "example.org/log", size: 42, root: root, extensions: lines))
      #expect(checkpoint.text.hasPrefix("example.org/log\n42\n\(root.base64)\n"))
      #expect(Checkpoint(checkpoint.text) == checkpoint)
    }
  }

  @Test func `is not taken from what is none`() {
    let root = root.base64
    for text in [
      "", "log\n", "log\n1\n", "log\n1\n\(root)", "log\n01\n\(root)\n", "log\n-1\n\(root)\n", "log\n+1\n\(root)\n",
      "\n1\n\(root)\n", "log\n1\n\(root.dropLast())\n", "log\n1\nAAAA\n", "log\n1\n\(root)\n\n",
      "log\n1\n\(root)\nx\n\n",
      "log\n99999999999999999999\n\(root)\n",
    ] { #expect(Checkpoint(text) == nil, "\(text)") }
    #expect(Checkpoint(origin: "a\nb", size: 1, root: self.root) == nil)
    #expect(Checkpoint(origin: "log", size: -1, root: self.root) == nil)
    #expect(Checkpoint(origin: "log", size: 1, root: self.root, extensions: [""]) == nil)
  }
}
