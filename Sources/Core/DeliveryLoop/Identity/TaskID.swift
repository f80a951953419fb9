/// Names a task as its backlog does, such as `br-u6b.1` or `vm-status`.
package struct TaskID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Letters, digits and `. _ -` up to 128 characters, not starting with a dot or a hyphen: an id becomes part of
  /// file names, trailers and templates, so nothing else is let in.
  package init?(_ text: String) {
    guard (1...128).contains(text.utf8.count), let first = text.utf8.first, first != UInt8(ascii: "."),
      first != UInt8(ascii: "-"), text.utf8.allSatisfy(Self.allows)
    else { return nil }
    self.text = text
  }

  package var description: String { text }
  package static func < (a: TaskID, b: TaskID) -> Bool { a.text < b.text }

  private static func allows(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
