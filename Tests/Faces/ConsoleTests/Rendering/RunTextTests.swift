import DeliveryLoop
import Engine
import JSONText
import Redaction
import Testing

@testable import Console

@Suite struct `A run that is shown` {
  @Test func `while a program is at work on it says where it is`() throws {
    let page = try Samples.page(Samples.untilTest, isAlive: true)
    #expect(
      RunText.of(page) == """
        br-1 · Say ␛[31mhello

          run     019a0000-0000-7000-8000-000000000001
          state   running: it is at test
          base    bbbbbbbbbb on main
          tree    1111111111 formatted
          secrets not looked for since it went on

        steps
          ✓ claim     1.0s
          ✓ implement 1.0s
          ✓ format    1.0s
          • test              open

        next: waybill logs 019a0000-0000 --follow
        """)
    #expect(Views.page(page)["run"]?["state"] == "running")
    #expect(Views.page(page)["why"]?["reason"] == "running")
  }

  @Test func `when nobody is says that it was cut off`() throws {
    let page = try Samples.page(Samples.untilTest, isAlive: false)
    let text = RunText.of(page)
    #expect(text.contains("  state   cut-off: the program ended in the middle of test\n"))
    #expect(text.hasSuffix("\nnext: waybill resume 019a0000-0000"))
    #expect(Views.page(page)["run"]?["state"] == "cut-off")
    #expect(
      Views.page(page)["why"]?.compact
        == #"{"reason":"cut-off","text":"the program ended in the middle of test","tail":[],"next":"waybill resume 019a0000-0000","warnings":[]}"#
    )
  }

  @Test func `at rest is what the ledger says, whoever asks`() throws {
    let failure = Failure(step: .test, kind: .red, message: "\"make\" exited with 2", tail: ["a \u{1b}[31mred", "b"])
    let page = try Samples.page(Samples.untilTest + [.failed(failure, .stop)], isAlive: false)
    #expect(Views.state(page.summary, isAlive: false) == "failed")
    #expect(
      Screens.farewell(page.run).map(Output.safe) == [
        "  │ a ␛[31mred", "  │ b", "failed at test: \"make\" exited with 2", "next: waybill resume 019a0000-0000",
      ])
  }
}

@Suite struct `A table` {
  @Test func `has rows that no cell breaks`() {
    #expect(
      Table.text(["TASK", "TITLE"], [["a", "one\ntwo"], ["long-id", "\u{1b}[2Jb"]]) == """
        TASK     TITLE
        a        one␊two
        long-id  ␛[2Jb
        """)
  }
}

@Suite struct `JSON lines of a delivery` {
  @Test func `tell events and notes, and leave output to the logs`() throws {
    let run = try Samples.run(Samples.untilTest)
    let words = SecretSet.none.redact("the coding agent asks for a person: which port?")
    #expect(
      JSONScreen.document(of: .note(words))?.compact
        == #"{"event":"note","text":"the coding agent asks for a person: which port?"}"#)
    #expect(
      JSONScreen.document(of: .recorded(.intended(.test), run))?.compact
        == #"{"run":"019a0000-0000-7000-8000-000000000001","event":"intended.test","data":{}}"#)
    #expect(JSONScreen.document(of: .output(SecretSet.none.redact([0x61]))) == nil)
  }
}
