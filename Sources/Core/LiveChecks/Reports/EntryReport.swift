package import JSONText

/// What one entry came to, with all its tries.
package struct EntryReport: Sendable {
  /// From 1, in the order of the file.
  package let index: Int
  /// From 1; more than 1 only where the entry asks to be repeated.
  package let repetition: Int
  /// The line of the request.
  package let line: Int
  /// As the file has it: method and address.
  package let requestLine: String
  package let verbosity: Verbosity
  package internal(set) var attempts: [AttemptReport] = []
  /// What its option `output` asks to be written; nil where it failed.
  package internal(set) var output: OutputFile?

  init(_ entry: Entry, index: Int, repetition: Int, options: EntryOptions) {
    self.index = index + 1
    self.repetition = repetition
    line = entry.place.line
    requestLine = "\(entry.method) \(entry.url.source)"
    verbosity = options.verbosity
  }

  package var tries: Int { attempts.count }
  /// Of all tries, redirects included, in the order of sending.
  package var exchanges: [Exchange] { attempts.flatMap(\.exchanges) }
  /// Of the last try, which alone counts; so are the captures and the failures.
  package var asserts: [AssertReport] { attempts.last?.asserts ?? [] }
  package var captures: [CaptureReport] { attempts.last?.captures ?? [] }
  package var failures: [CheckFailure] { attempts.last?.failures ?? [] }

  package var verdict: Verdict {
    if failures.isEmpty { return .passed }
    return failures.allSatisfy { $0.kind == .transfer } ? .inconclusive : .failed
  }
}

/// The body of a response that is to be written to a file.
package struct OutputFile: Hashable, Sendable {
  /// Below the folder of the file of checks; `-` is standard output.
  package let name: String
  package let content: [UInt8]
}

/// One try to carry an entry out.
package struct AttemptReport: Sendable {
  /// From 1.
  package let number: Int
  package internal(set) var exchanges: [Exchange] = []
  package internal(set) var asserts: [AssertReport] = []
  package internal(set) var captures: [CaptureReport] = []
  package internal(set) var failures: [CheckFailure] = []

  init(number: Int, failures: [CheckFailure] = []) {
    self.number = number
    self.failures = failures
  }
}

/// One assert, explicit or implied, and how it was judged.
package struct AssertReport: Hashable, Sendable {
  /// As the file has it; implied ones in the words of explicit ones.
  package struct Text: Hashable, Sendable {
    package let query: String
    package let predicate: String
  }

  package let place: Place
  package let text: Text
  package let holds: Bool
  package let actual: String
  package let expected: String
  /// Why the two could not be compared, where that is so.
  package let note: String?
}

/// One value that was taken out of a response.
package struct CaptureReport: Hashable, Sendable {
  package let name: String
  /// As text; `[redacted:NAME]` where the file asks for it.
  package let value: String
  /// The value with its type; text like `value` where the file asks for that.
  package let json: JSON
  /// The value that must not be shown.
  let secret: String?

  init(name: String, captured: CheckValue, isRedacted: Bool) {
    self.name = name
    value = isRedacted ? "[redacted:\(name)]" : captured.text
    json = isRedacted ? .string(value) : captured.json
    secret = isRedacted ? captured.text : nil
  }
}
