package import DeliveryLoop

/// Finds the tasks that a commit's message names.
package struct TaskMentions: Sendable {
  private let ids: Set<String>

  package init(_ tasks: some Sequence<TaskID>) { ids = Set(tasks.map(\.text)) }

  /// A task is named by its id as a word of its own. An id that could be an ordinary word, with neither digit nor hyphen in
  /// it, counts in a trailer (`Task-Id: id`), in brackets, after `#`, or before the first colon of the subject.
  package func tasks(in message: String) -> Set<TaskID> {
    var found: Set<TaskID> = []
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      let trailer = line.firstRange(of: ": ").map { isTrailer(line[..<$0.lowerBound]) } ?? false
      var start = 0
      while start < bytes.count {
        guard Self.isPart(bytes[start]) else {
          start += 1
          continue
        }
        let end = bytes[start...].firstIndex { !Self.isPart($0) } ?? bytes.count
        for id in candidates(bytes[start..<end]) {
          let after = end < bytes.count ? bytes[end] : 0
          let isMarked =
            trailer || (start > 0 && "([#{".utf8.contains(bytes[start - 1]))
            || (number == 0 && start == 0 && after == 0x3a)
          if isMarked || !isOrdinary(id.text) { found.insert(id) }
        }
        start = end
      }
    }
    return found
  }

  /// The word, and what it is without the full stop of a sentence.
  private func candidates(_ word: ArraySlice<UInt8>) -> [TaskID] {
    var text = String(decoding: word, as: UTF8.self)
    while !ids.contains(text), let last = text.last, ".-_".contains(last) { text.removeLast() }
    return ids.contains(text) ? TaskID(text).map { [$0] } ?? [] : []
  }

  private func isTrailer(_ key: Substring) -> Bool {
    ["task-id", "task", "issue", "closes", "fixes", "refs", "bead"].contains(key.lowercased())
  }

  private func isOrdinary(_ id: String) -> Bool { !id.utf8.contains { (0x30...0x39).contains($0) || $0 == 0x2d } }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }
}
