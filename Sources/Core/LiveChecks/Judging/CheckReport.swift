/// What a file of checks came to.
package enum Verdict: String, CaseIterable, Sendable {
  case passed
  /// Something that was asserted did not hold.
  case failed
  /// A question could not be asked: connection, TLS, time-out (promise I10).
  case inconclusive
}

/// Everything that happened in one session: the evidence.
package struct CheckReport: Sendable {
  package let file: CheckFile
  package let entries: [EntryReport]

  package var verdict: Verdict {
    let verdicts = entries.map(\.verdict)
    return verdicts.contains(.failed) ? .failed : verdicts.contains(.inconclusive) ? .inconclusive : .passed
  }

  /// The blocks of all failures, one after the other.
  package var rendering: String {
    entries.flatMap { entry in
      entry.failures.map { $0.rendering(of: file, request: entry.requestLine, body: entry.lastBody) }
    }.joined(separator: "\n")
  }
}

/// What one entry came to, with all its tries.
package struct EntryReport: Sendable {
  /// From 1.
  package let index: Int
  /// The line of the request.
  package let line: Int
  package var tries = 0
  package var exchanges: [Exchange] = []
  /// Of the last try.
  package var asserts: [AssertReport] = []
  package var captures: [CaptureReport] = []
  package var failures: [CheckFailure] = []
  package var verdict: Verdict = .passed
  /// As the file has it: method and address.
  let requestLine: String

  /// The body of the last response.
  var lastBody: [UInt8]? {
    guard case .response(let response)? = exchanges.last?.outcome else { return nil }
    return response.body
  }
}

/// One assert, explicit or implied, and how it was judged.
package struct AssertReport: Hashable, Sendable {
  package let place: Place
  /// The line as the file has it.
  package let text: String
  package let holds: Bool
  package let actual: String
  package let expected: String
}

/// One value that was taken out of a response.
package struct CaptureReport: Hashable, Sendable {
  package let name: String
  /// As text; `[redacted]` where the file asks for it.
  package let value: String
}

/// One thing that went wrong, ready to be shown.
package struct CheckFailure: Hashable, Sendable {
  package let title: String
  package let place: Place
  let width: Int
  /// What stands beside the carets, or below the line where there are none.
  package let message: String
  /// Explicit asserts show two lines and no carets.
  let isAssert: Bool

  /// The block that users of the format know, followed by the beginning of the response's body.
  package func rendering(of file: CheckFile, request: String, body: [UInt8]?) -> String {
    let number = String(place.line)
    let margin = String(repeating: " ", count: number.count)
    let lines = file.source.split(separator: "\n", omittingEmptySubsequences: false)
    let source = place.line <= lines.count ? lines[place.line - 1].filter { $0 != "\r" } : ""
    var block = ["error: \(title)", "\(margin) --> \(file.name):\(place.line):\(isAssert ? 0 : place.column)", "\(margin) |"]
    if !source.hasPrefix(request) || request.isEmpty { block += ["\(margin) | \(request)", "\(margin) | ..."] }
    block.append("\(number) | \(source)")
    if isAssert {
      block += message.split(separator: "\n").map { "\(margin) |   \($0)" }
    } else {
      let carets = String(repeating: " ", count: max(0, place.column - 1)) + String(repeating: "^", count: max(1, width))
      block.append("\(margin) | \(carets) \(message)")
    }
    block.append("\(margin) |")
    if let body, !body.isEmpty { block += excerpt(of: body).map { "\(margin) | \($0)" } + ["\(margin) |"] }
    return block.joined(separator: "\n") + "\n"
  }

  private func excerpt(of body: [UInt8]) -> [String] {
    let text = String(decoding: body.prefix(1000), as: UTF8.self)
    return ["the response's body (\(body.count) bytes):"]
      + text.split(separator: "\n", omittingEmptySubsequences: false).prefix(10).map { String($0.prefix(200)) }
  }
}
