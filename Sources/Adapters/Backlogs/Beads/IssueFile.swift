import DeliveryLoop
import Engine
import JSONText

/// The records of `issues.jsonl`, each with the place of its bytes.
struct IssueFile {
  let bytes: [UInt8]
  let issues: [Issue]
  private let positions: [String: Int]

  /// Reads every record; `path` names the file in messages.
  ///
  /// Throws `.malformed` for conflict markers, lines that are no records, and ids that stand twice.
  init(_ bytes: [UInt8], path: String) throws(BacklogError) {
    var issues: [Issue] = []
    var positions: [String: Int] = [:]
    var start = 0
    var number = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      number += 1
      let line = start..<end
      start = end + 1
      guard bytes[line].contains(where: { $0 > 0x20 }) else { continue }
      let issue = try Self.issue(bytes, line, number, path)
      if let first = positions[issue.id] {
        throw .malformed(
          path: path, line: number, column: 1,
          message:
            "the id \"\(issue.id)\" stands in line \(issues[first].line) already; remove or rename one of the two")
      }
      positions[issue.id] = issues.count
      issues.append(issue)
    }
    self.bytes = bytes
    self.issues = issues
    self.positions = positions
  }

  subscript(id: String) -> Issue? { positions[id].map { issues[$0] } }

  /// The record of a task that was not deleted.
  func issue(_ id: TaskID) throws(BacklogError) -> Issue {
    if let issue = self[id.text], !issue.isTombstone { return issue }
    throw .notFound(id, similar: Spelling.similar(to: id.text, among: issues.lazy.filter { !$0.isTombstone }.map(\.id)))
  }

  /// The content of the file with one record replaced: all other lines byte for byte as they are.
  func replacing(_ issue: Issue, with record: [UInt8]) -> [UInt8] {
    bytes[..<issue.bytes.lowerBound] + record + bytes[issue.bytes.upperBound...]
  }

  /// The content of the file with this record of a task: in its place where it has one, or else as the last line.
  func with(_ record: [UInt8], as id: TaskID) -> [UInt8] {
    if let issue = self[id.text] { return replacing(issue, with: record) }
    let isEnded = bytes.last.map { $0 == 0x0a } ?? true
    return bytes + (isEnded ? [] : [0x0a]) + record + [0x0a]
  }

  /// Whether the two differ in the record of `id` alone.
  func differs(from other: IssueFile, onlyIn id: String) -> Bool {
    issues.count == other.issues.count
      && zip(issues, other.issues).allSatisfy { mine, theirs in
        mine.id == theirs.id && (mine.id == id || bytes[mine.bytes] == other.bytes[theirs.bytes])
      }
  }

  private static func issue(
    _ bytes: [UInt8], _ line: Range<Int>, _ number: Int, _ path: String
  ) throws(BacklogError) -> Issue {
    func malformed(_ column: Int, _ message: String) -> BacklogError {
      .malformed(path: path, line: number, column: column, message: message)
    }
    if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains(where: { bytes[line].starts(with: $0.utf8) }) {
      throw malformed(1, "a merge left its conflict marker; resolve the conflict first")
    }
    let record: JSON
    do {
      record = try JSON.parse(Array(bytes[line]))
    } catch {
      throw malformed(
        error.column, "this record is not valid JSON: \(error.reason); mend the line or restore the file from git")
    }
    guard record.object != nil else { throw malformed(1, "a record has to be a JSON object; mend or remove the line") }
    guard let id = record["id"]?.string, !id.isEmpty else {
      throw malformed(1, "the record has no text under \"id\"; give it one or remove the line")
    }
    if let name = RecordText(bytes[line]).repeatedName {
      throw malformed(1, "the record of \"\(id)\" has \"\(name)\" twice; remove one of the two")
    }
    return Issue(id: id, line: number, bytes: line, record: record)
  }
}
