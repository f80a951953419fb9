import Codings
import JSONText

extension Judge {
  mutating func judgeBody(_ body: BodySpec) throws(CheckFailure) {
    switch body.kind {
    case .json(let text): try judgeJSON(try queries.variables.fill(text), at: body.place)
    case .text(let text, _), .graphql(let text, _): try judgeText(try queries.variables.fill(text), at: body.place)
    case .bytes(let bytes): try judgeBytes(bytes, at: body.place)
    case .file(let file): try judgeBytes(try files.content(of: file, queries.variables), at: body.place)
    }
  }

  /// By meaning: neither white space nor the order of members nor the spelling of numbers counts.
  private mutating func judgeJSON(_ text: String, at place: Place) throws(CheckFailure) {
    let expected: JSON
    do {
      expected = try JSON.parse(text)
    } catch {
      throw CheckFailure(
        kind: .runtime, title: "Invalid JSON", place: place, width: 1,
        message: "the expected body is not JSON once its variables are filled in: \(error)")
    }
    _ = try queries.bytes(at: place)
    switch queries.body.json {
    case .success(let document)?:
      let actual = document.json(at: document.root)
      let difference = actual.difference(from: expected)
      implicit("body", at: place, holds: difference == nil, actual: actual.compact, expected: expected.compact)
      guard let difference else { return }
      fail(
        "Assert body value", at: place, width: 0,
        "at \(difference.path)\nactual:   \(shown(difference.actual))\nexpected: \(shown(difference.expected))")
    case .failure(let error)?:
      implicit(
        "body", at: place, holds: false, actual: Charset.decode(response) ?? "",
        expected: expected.compact)
      fail("Assert body value", at: place, width: 1, "the response's body is not JSON: \(error)")
    case nil: break
    }
  }

  private func shown(_ json: JSON?) -> String { json.map { CheckValue($0).shown } ?? "none" }

  private mutating func judgeText(_ expected: String, at place: Place) throws(CheckFailure) {
    let actual = try queries.text(at: place)
    let holds = actual.utf8.elementsEqual(expected.utf8)
    implicit("body", at: place, holds: holds, actual: actual, expected: expected)
    guard !holds else { return }
    let (a, b) = (actual.parts(separatedBy: "\n"), expected.parts(separatedBy: "\n"))
    let line = zip(a, b).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    fail(
      "Assert body value", at: place, width: 0,
      "at line \(line + 1)\nactual:   \(shown(a, line))\nexpected: \(shown(b, line))")
  }

  private func shown(_ lines: [String], _ index: Int) -> String {
    index < lines.count ? "<\(CheckValue.excerpt(lines[index]))>" : "the end"
  }

  private mutating func judgeBytes(_ expected: [UInt8], at place: Place) throws(CheckFailure) {
    let actual = try queries.bytes(at: place)
    let holds = actual == expected
    implicit(
      "bytes", at: place, holds: holds, actual: Hexadecimal.encode(Array(actual.prefix(1024))),
      expected: Hexadecimal.encode(Array(expected.prefix(1024))))
    guard !holds else { return }
    let offset = zip(actual, expected).prefix { $0 == $1 }.count
    fail(
      "Assert body value", at: place, width: 1,
      "the bytes differ from offset \(offset) on; there are \(actual.count), expected were \(expected.count)")
  }
}
