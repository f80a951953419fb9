import CArchive
package import Engine
import Glibc
package import SecretScanning

/// Archives through libarchive, in memory: nothing is written, and no other program is started.
package struct LibArchive: Archives {
  package init() {}

  package func decompress(_ bytes: [UInt8], within budget: UnpackBudget) -> Unpacked {
    var content = Unpacked()
    // What is in it is looked at apart: here an archive of zeros would look like an empty one.
    let end = Self.read(bytes, Self.filters + [archive_read_support_format_raw, archive_read_support_format_empty]) {
      archive, _ in
      // Without a filter it would come out as it went in.
      guard archive_filter_count(archive) > 1 else { return .damaged("its beginning is cut off") }
      content = Self.content(of: archive, within: budget)
      return content.problem
    }
    content.problem = content.problem ?? end
    return content
  }

  package func unpack(
    _ bytes: [UInt8], within budget: UnpackBudget, _ visit: (ArchiveMember) -> Void
  ) -> Unscanned.Reason? {
    // In which names can be told (LC_CTYPE_MASK); the process itself may have none.
    let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
    let before = uselocale(locale)
    defer {
      uselocale(before)
      if let locale { freelocale(locale) }
    }
    return Self.read(bytes, Self.formats) { archive, entry in
      guard budget.takeMember() else { return .unpacksToTooMuch }
      let content = Self.content(of: entry, in: archive, within: budget)
      visit(ArchiveMember(name: Self.name(of: entry), content: content))
      // Only of these does it go on.
      return content.problem == .encrypted ? nil : content.problem
    }
  }

  private typealias Support = (OpaquePointer?) -> Int32

  // By name: "all" has filters that start programs, and formats that nobody expects in a repository.
  private static var filters: [Support] {
    [
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
      archive_read_support_filter_zstd,
    ]
  }
  private static var formats: [Support] {
    [
      archive_read_support_format_zip, archive_read_support_format_tar, archive_read_support_format_7zip,
      archive_read_support_format_ar,
    ]
  }

  /// Visits entries until one gives a reason to stop.
  private static func read(
    _ bytes: [UInt8], _ support: [Support],
    _ visit: (_ archive: OpaquePointer?, _ entry: OpaquePointer?) -> Unscanned.Reason?
  ) -> Unscanned.Reason? {
    let archive = archive_read_new()
    defer { archive_read_free(archive) }
    for support in support { _ = support(archive) }
    return bytes.withUnsafeBytes { source in
      guard archive_read_open_memory(archive, source.baseAddress, source.count) == ARCHIVE_OK else {
        return reason(archive)
      }
      while true {
        var entry: OpaquePointer?
        let code = archive_read_next_header(archive, &entry)
        if code == ARCHIVE_EOF { return nil }
        // A warning is about what the entry would be on a disk.
        guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { return reason(archive) }
        if let reason = visit(archive, entry) { return reason }
      }
    }
  }

  private static func content(
    of entry: OpaquePointer?, in archive: OpaquePointer?, within budget: UnpackBudget
  ) -> Unpacked {
    if archive_entry_is_encrypted(entry) != 0 { return Unpacked(problem: .encrypted) }
    if let target = archive_entry_symlink(entry) ?? archive_entry_hardlink(entry) {
      return Unpacked(Array(String(cString: target).utf8))
    }
    return content(of: archive, within: budget)
  }

  /// What can be read of the entry at which the archive is.
  private static func content(of archive: OpaquePointer?, within budget: UnpackBudget) -> Unpacked {
    var content = Unpacked()
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { chunk in
      while content.problem == nil {
        let count = archive_read_data(archive, chunk.baseAddress, chunk.count)
        if count == 0 { return }
        if count < 0 {
          content.problem = reason(archive)
          return
        }
        if !budget.take(count) { content.problem = .unpacksToTooMuch }
        content.bytes += UnsafeBufferPointer(rebasing: chunk[..<count])
      }
    }
    return content
  }

  /// As text; a name that is none is repaired.
  private static func name(of entry: OpaquePointer?) -> String {
    archive_entry_pathname(entry).map { String(cString: $0) } ?? "?"
  }

  private static func reason(_ archive: OpaquePointer?) -> Unscanned.Reason {
    // Where no format was recognized, libarchive 3.6.2 would call a function of one that is none.
    if archive_format(archive) != 0, archive_read_has_encrypted_entries(archive) == 1 { return .encrypted }
    return .damaged(archive_error_string(archive).map { String(cString: $0) } ?? "no reason is given")
  }
}
