/// What Git LFS keeps in a repository in place of a large file (git-lfs, docs/spec.md).
package struct LargeFilePointer: Hashable, Sendable {
  /// The SHA-256 of the content, 64 lower-case hexadecimal digits.
  package let id: String

  /// nil for content that is no pointer.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count < 1024, bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8) else { return nil }
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: "oid sha256:".utf8) {
      let id = line.dropFirst(11)
      guard id.count == 64, id.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
        return nil
      }
      self.id = String(decoding: id, as: UTF8.self)
      return
    }
    return nil
  }
}
