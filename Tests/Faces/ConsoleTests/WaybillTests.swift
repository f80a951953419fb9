import Testing

@testable import Console

@Suite struct `A command line` {
  @Test func `may have what every verb takes before the verb`() {
    #expect(Waybill.verbFirst(["-C", "x", "runs", "--task", "a"]) == ["runs", "-C", "x", "--task", "a"])
    #expect(Waybill.verbFirst(["--json", "--directory=x", "why"]) == ["why", "--json", "--directory=x"])
    for left in [["runs", "-C", "x"], ["-C"], ["-C", "x"], ["--help"], ["-C", "x", "--help"], []] {
      #expect(Waybill.verbFirst(left) == left)
    }
  }
}
