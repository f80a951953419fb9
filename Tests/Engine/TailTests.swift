import Testing

@testable import Engine

@Suite struct `The last lines` {
  private func tail(_ pieces: String...) -> [String] {
    var tail = Tail()
    for piece in pieces { tail.append(Array(piece.utf8)) }
    return tail.lines
  }

  @Test func `are put together from whatever pieces they came in`() {
    #expect(tail("on", "e\ntw", "o\nthree") == ["one", "two", "three"])
    #expect(tail("one\n", "\n") == ["one", ""])
    #expect(tail().isEmpty)
  }

  @Test func `are the last of many, and none longer than can be read`() {
    let many = (1...100).map { "line \($0)\n" }.joined()
    #expect(tail(many) == (81...100).map { "line \($0)" })
    #expect(tail(String(repeating: "x", count: 10_000)).map(\.count) == [2_000])
  }
}

@Suite struct `A list in words` {
  @Test func `names a few and counts the rest`() {
    #expect(list(["a"]) == "\"a\"")
    #expect(list(["a", "b", "c"], most: 2) == "\"a\", \"b\" and 1 more")
  }
}
