import Testing

@testable import Redaction

private struct AnySendable {
  let value: any Sendable
}

private struct Holder {
  let token: Secret
}

@Suite struct `A secret` {
  @Test func `cannot be printed, dumped or mirrored`() throws {
    let secret = try Secret(name: "TOKEN", value: "correct-horse-battery")
    var dumped = ""
    dump([Holder(token: secret)], to: &dumped)
    let all =
      "\(secret) \(String(reflecting: secret)) \(dumped) \(Optional(secret) as Any) \(Holder(token: secret))"
    #expect(!all.contains("correct"))
    #expect(!all.contains("99"), "the first byte, as a number")
    #expect(all.contains("[secret:TOKEN]"))
    #expect(Mirror(reflecting: secret).children.isEmpty)
    let containers: [Any] = [
      [secret], ["k": secret], (secret, 1), Optional(Optional(secret)) as Any,
      Result<Secret, SecretRefusal>.success(secret),
      [[Holder(token: secret)]], secret as Any, { secret }, CollectionOfOne(secret), AnySendable(value: secret),
    ]
    for container in containers {
      var text = "\(container) \(String(describing: container)) \(String(reflecting: container))"
      dump(container, to: &text)
      debugPrint(container, to: &text)
      #expect(!text.contains("correct") && !text.contains("99, 111"), "\(text)")
    }
    #expect(secret.reveal { $0 } == Array("correct-horse-battery".utf8))
  }

  @Test func `has no way into an archive, a comparison or a text of its own`() throws {
    let secret: Any = try Secret(name: "TOKEN", value: "correct-horse-battery")
    #expect(!(secret is any Encodable) && !(secret is any Decodable))
    #expect(
      !(secret is any Hashable) && !(secret is any Equatable), "a hash or a comparison could be asked for guesses")
    #expect(!(secret is any LosslessStringConvertible) && !(secret is any RawRepresentable))
    #expect(!(secret is any TextOutputStreamable) && !(secret is any Error))
  }

  @Test func `is refused when it is empty, blank or too short, by its name alone`() {
    #expect(throws: SecretRefusal.empty(name: "T")) { try Secret(name: "T", value: "") }
    #expect(throws: SecretRefusal.blank(name: "T")) { try Secret(name: "T", value: " \n\t ") }
    #expect(throws: SecretRefusal.tooShort(name: "T", minimum: 4)) { try Secret(name: "T", value: "abc") }
    #expect(throws: SecretRefusal.tooShort(name: "T", minimum: 4)) { try Secret(name: "T", value: "x\n\n\n\n\n\n\n\n") }
  }

  @Test func `is the same with and without the end of line that its file has`() throws {
    let set = SecretSet([try Secret(name: "T", value: "correct-horse\n")])
    #expect(set.redact("a correct-horse b").text == "a [redacted:T] b")
    #expect(set.redact("a correct-horse\nb").text == "a [redacted:T]\nb")
  }

  @Test func `has a mask that cannot break the text around it`() throws {
    let set = SecretSet([try Secret(name: "A\"B\\C<\u{1b}>", value: "correct-horse")])
    #expect(set.redact(#"{"x":"correct-horse"}"#).text == #"{"x":"[redacted:A_B_C___]"}"#)
  }

  @Test func `says when it is short`() throws {
    #expect(try Secret(name: "S", value: " 1234567\n").isShort)
    #expect(try !Secret(name: "S", value: "12345678").isShort)
  }
}

@Suite struct `A short secret` {
  static let set = try? SecretSet([Secret(name: "PIN", value: "8642"), Secret(name: "P", value: "p@ss")])

  @Test(arguments: [
    "pin=8642,", "8642", "(8642)", #"{"m":"pin\n8642"}"#, #"\u000a8642"#, "?a=%208642&", "\u{1b}[1;31m8642\u{1b}[0m",
    #"\u001b[38;5;196m8642"#, #"\x1b[m8642"#, "ODY0Mg==", "Basic ODY0Mg", "?q=p%40ss&", "38363432", "p\\@ss",
  ])
  func `is masked where it is a word`(text: String) throws {
    let masked = try #require(Self.set).redact(text).text
    #expect(masked.contains("[redacted:P"), "\(masked)")
    #expect(!masked.contains("642") && !masked.contains("ss"), "\(masked)")
  }

  @Test(arguments: ["98642", "86421", "a8642", "8642_", "[38642", "é8642", "20m8642", "xODY0Mg", "compass"])
  func `is left alone inside a word`(text: String) throws {
    #expect(try #require(Self.set).redact(text).text == text)
    var redactor = try #require(Self.set).redactor()
    #expect(redactor.outputs(of: text.utf8.map { [$0] }).last == Array(text.utf8))
  }

  @Test func `is looked at again when its right neighbour arrives`() throws {
    var redactor = try #require(Self.set).redactor()
    #expect(
      redactor.outputs(of: ["8642", "1 8642", " "]) == ["", "86421 ", "86421 [redacted:PIN] ", "86421 [redacted:PIN] "])
  }
}
