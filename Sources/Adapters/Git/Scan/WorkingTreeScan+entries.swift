import CGit2
import Glibc

extension WorkingTreeScan {
  /// Whether a file is as the index says without a look into it; `isThere` becomes false when it is not there.
  ///
  /// Who is younger than the index may have been changed in the same tick in which the index was written (git's
  /// Documentation/technical/racy-git.txt).
  func isUnchanged(
    _ entry: git_index_entry, name: UnsafePointer<CChar>, in folder: Int32, _ isThere: inout Bool
  ) -> Bool {
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      isThere = false
      return false
    }
    let stage = entry.flags >> 12 & 3
    let isToBeAdded = UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0
    guard stage == 0, !isToBeAdded, Self.mode(status) == entry.mode else { return false }
    let (changed, renewed) = (status.st_mtim, status.st_ctim)
    guard Int64(Int32(truncatingIfNeeded: changed.tv_sec)) == Int64(entry.mtime.seconds),
      changed.tv_nsec == Int(entry.mtime.nanoseconds),
      Int64(Int32(truncatingIfNeeded: renewed.tv_sec)) == Int64(entry.ctime.seconds),
      renewed.tv_nsec == Int(entry.ctime.nanoseconds),
      UInt32(truncatingIfNeeded: status.st_ino) == entry.ino,
      UInt32(truncatingIfNeeded: status.st_size) == entry.file_size
    else { return false }
    return (changed.tv_sec, changed.tv_nsec) < (indexTime.tv_sec, indexTime.tv_nsec)
  }

  /// What git would record; 0 for what it does not keep.
  private static func mode(_ status: stat) -> UInt32 {
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      (status.st_mode & S_IXUSR != 0 ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB).rawValue
    case S_IFLNK: GIT_FILEMODE_LINK.rawValue
    default: 0
    }
  }

  static func isFolder(_ name: [UInt8], in folder: Int32) -> Bool {
    var status = stat()
    let code = fstatat(folder, cString(name), &status, AT_SYMLINK_NOFOLLOW)
    return code == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func cString(_ bytes: [UInt8]) -> [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

  static func bytes(_ path: UnsafePointer<CChar>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
  }

  /// How many names a folder has, apart from its own, its parent's and git's.
  static func count(_ directory: OpaquePointer) -> Int {
    var count = 0
    while let entry = readdir(directory) {
      let name = entry.pointee.d_name
      let isOwn = name.0 == 46 && (name.1 == 0 || name.1 == 46 && name.2 == 0)
      let isGit = name.0 == 46 && name.1 == 103 && name.2 == 105 && name.3 == 116 && name.4 == 0
      if !isOwn, !isGit { count += 1 }
    }
    return count
  }

  /// Suspects all names that the index does not know.
  static func addStrangers(
    in directory: OpaquePointer, _ folder: Int32, to known: Set<[UInt8]>, under prefix: [UInt8],
    _ suspects: inout [[UInt8]]
  ) {
    let passedOver = [".", "..", ".git"].map { Array($0.utf8) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if passedOver.contains(name) { continue }
      let path = isFolder(name, in: folder) ? name + [47] : name
      if !known.contains(path) { suspects.append(prefix + path) }
    }
  }
}
