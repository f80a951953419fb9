import Yams

/// The one problem of a file that is no YAML at all.
struct Unreadable: Error {
  let problem: ConfigurationError.Problem

  init(_ line: Int, _ column: Int, _ mistake: Mistake) {
    problem = .init(line: line, column: column, mistake)
  }

  /// Finds the first byte that cannot be decoded.
  init(notUTF8 bytes: [UInt8]) {
    var low = 0
    var high = bytes.count
    // A prefix that ends within a character is not valid either: at most three bytes are taken back for that.
    func isValid(_ count: Int) -> Bool {
      (max(0, count - 3)...count).contains { String(validating: bytes[..<$0], as: UTF8.self) != nil }
    }
    while low < high {
      let middle = (low + high + 1) / 2
      if isValid(middle) { low = middle } else { high = middle - 1 }
    }
    let offset = (max(0, low - 3)...low).last { String(validating: bytes[..<$0], as: UTF8.self) != nil } ?? 0
    let start = bytes[..<offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let column = String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1
    self.init(bytes[..<offset].count { $0 == 0x0a } + 1, column, .notText(offset: offset))
  }

  init(_ error: YamlError, in text: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words =
        Self.isTab(mark, in: text)
        ? "a tab stands where only spaces may indent"
        : [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      self.init(mark.line, mark.column, .syntax(words))
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(context.mark.line, context.mark.column, .duplicateKey(keys.first ?? ""))
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = before.split(separator: "\n", omittingEmptySubsequences: false)
      self.init(max(1, line.count), (line.last?.unicodeScalars.count ?? 0) + 1, .syntax(problem))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      self.init(1, 1, .syntax("\(error)"))
    }
  }

  private static func isTab(_ mark: Mark, in text: String) -> Bool {
    let lines = text.unicodeScalars.split(separator: "\n", maxSplits: mark.line, omittingEmptySubsequences: false)
    guard lines.indices.contains(mark.line - 1) else { return false }
    return lines[mark.line - 1].dropFirst(mark.column - 1).first == "\t"
  }
}
