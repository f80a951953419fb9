package import SecretScanning

/// Unpacks archives and compressed files, in memory.
///
/// Every byte that comes out, and every member, is taken out of the budget; where that is spent, or something is damaged, what
/// came out before counts.
package protocol Archives: Sendable {
  /// What a compressed file holds, in whatever number of layers.
  func decompress(_ bytes: [UInt8], within budget: UnpackBudget) -> Unpacked
  /// Visits the members of an archive in their order; returns why it could not go on, nil at the end.
  func unpack(_ bytes: [UInt8], within budget: UnpackBudget, _ visit: (ArchiveMember) -> Void) -> Unscanned.Reason?
}

/// Bytes that came out of a packed file.
package struct Unpacked: Hashable, Sendable {
  package var bytes: [UInt8]
  /// Why there are no more; nil when these are all.
  package var problem: Unscanned.Reason?

  package init(_ bytes: [UInt8] = [], problem: Unscanned.Reason? = nil) {
    self.bytes = bytes
    self.problem = problem
  }
}

/// What stands in an archive under a name.
package struct ArchiveMember: Hashable, Sendable {
  package let name: String
  /// Of a file, or the target of a link; nothing of a folder.
  package let content: Unpacked

  package init(name: String, content: Unpacked) {
    self.name = name
    self.content = content
  }
}

/// How much may still be unpacked of one file, nested archives included: what guards against bombs.
package final class UnpackBudget {
  private var bytes: Int
  private var members = 10_000

  /// Of a file of that size in bytes: no text is packed to less than a 200th, and 16 MiB are no bomb.
  package init(forPacked size: Int) { bytes = min(256 << 20, max(16 << 20, size * 200)) }

  /// False when it is spent.
  package func takeMember() -> Bool {
    members -= 1
    return members >= 0
  }

  /// False when it is spent.
  package func take(_ count: Int) -> Bool {
    bytes -= count
    return bytes >= 0
  }
}
