/// The size and root of a log at a moment, as the text that is signed (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
  /// The name of the log: never empty, without line breaks.
  package let origin: String
  package let size: Int
  package let root: TreeHash
  /// Lines of the log's own behind the root; none of them empty.
  package let extensions: [String]

  /// nil for what cannot be written down.
  package init?(origin: String, size: Int, root: TreeHash, extensions: [String] = []) {
    guard size >= 0, ([origin] + extensions).allSatisfy(Self.isLine) else { return nil }
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// Reads the text of a note; nil for what is no checkpoint.
  package init?(_ text: String) {
    guard text.hasSuffix("\n") else { return nil }
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 3, let size = Int(lines[1]), String(size) == lines[1], let root = TreeHash(base64: lines[2])
    else { return nil }
    self.init(origin: lines[0], size: size, root: root, extensions: Array(lines[3...]))
  }

  package var text: String { ([origin, String(size), root.base64] + extensions).map { "\($0)\n" }.joined() }

  private static func isLine(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 } }
}
