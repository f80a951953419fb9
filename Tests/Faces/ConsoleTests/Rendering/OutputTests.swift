import JSONText
import Redaction
import Testing

@testable import Console

@Suite struct `What is printed` {
  @Test func `as JSON is one line that no terminal obeys, and means what it meant`() throws {
    let value: JSON = ["text": "a\u{1b}[2J\u{9b}31m\u{7f}\nb é"]
    let line = Output.document(value)
    #expect(line == #"{"text":"a\u001b[2J\u009b31m\u007f\nb é"}"#)
    #expect(try JSON.parse(line) == value)
  }

  @Test func `holds no secret that is known, and ends as one begins`() throws {
    Output.mask(SecretSet([try Secret(name: "OUTPUT_TOKEN", value: "quite-a-secret-value")]))
    #expect(Output.safe("a quite-a-secret-value\u{1b}[A") == "a [redacted:OUTPUT_TOKEN]␛[A")
    #expect(Output.safeRow("quite-a-secret-value\nx") == "[redacted:OUTPUT_TOKEN]␊x")
    #expect(Output.document(["quite-a-secret-value": .null]) == #"{"[redacted:OUTPUT_TOKEN]":null}"#)
    #expect(Output.safe("that is quite") == "that is quite")
  }
}
