import CGit2
import Engine
import Glibc

/// A place in the pool for one working tree: its paths, and what is found there on the file system alone.
struct Slot: Sendable {
  /// Two digits.
  let name: String
  let root: String
  let lockPath: String

  var branch: String { "waybill/\(name)" }
  var ref: String { "refs/heads/\(branch)" }

  init(_ number: Int, in folder: String) {
    name = number < 10 ? "0\(number)" : "\(number)"
    root = "\(folder)/\(name)"
    lockPath = "\(folder)/\(name).lock"
  }

  /// A file beside the tree says that it was made for one lender, and is to go with it.
  private var markPath: String { "\(root).fresh" }

  var isFresh: Bool { access(markPath, F_OK) == 0 }

  func markFresh() throws(WorktreePoolError) {
    let file = open(markPath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw .failed(doing: "make \"\(markPath)\"", message: String(cString: strerror(errno)))
    }
    close(file)
  }

  func unmark() { unlink(markPath) }

  /// Whether there is anything at the place of its root.
  var isThere: Bool {
    var status = stat()
    return lstat(root, &status) == 0
  }

  /// git's own folder for this tree (gitrepository-layout(5)); nil unless tree and folder lead to each other.
  ///
  /// Only this path is ever given to git: left to look for itself from a root without its `.git`, git would find the
  /// repository around it, and do to the user's working tree what was meant for this one.
  var administration: String? {
    var status = stat()
    guard lstat(root, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      let line = GitPlace.firstLine(of: "\(root)/.git"), line.hasPrefix("gitdir: "),
      let folder = GitPlace.absolute(GitPlace.resolved(String(line.dropFirst(8)), in: root)),
      let back = GitPlace.firstLine(of: "\(folder)/gitdir"),
      GitPlace.absolute(GitPlace.resolved(back, in: folder)) == "\(root)/.git",
      access("\(folder)/HEAD", F_OK) == 0, access("\(folder)/commondir", F_OK) == 0
    else { return nil }
    return folder
  }

  /// What a cut-off git leaves in its folder for a tree; nobody works here, so nobody needs it.
  func removeLeftovers(in administration: String, common: String) {
    for name in Directory.names(administration) where name.hasSuffix(".lock") { unlink("\(administration)/\(name)") }
    unlink("\(common)/\(ref).lock")
    // "git worktree add" holds this until it is through (builtin/worktree.c).
    if GitPlace.firstLine(of: "\(administration)/locked") == "initializing" { unlink("\(administration)/locked") }
    if hidesChanges(administration) { unlink("\(administration)/index") }
  }

  /// Whether the index tells git not to look at some of the files, which would outlive a reset, or cannot be read.
  private func hidesChanges(_ administration: String) -> Bool {
    Library.start
    var index: OpaquePointer?
    defer { git_index_free(index) }
    guard git_index_open(&index, "\(administration)/index") == 0 else { return true }
    return (0..<git_index_entrycount(index)).contains { number in
      guard let entry = git_index_get_byindex(index, number)?.pointee else { return true }
      return UInt32(entry.flags) & GIT_INDEX_ENTRY_VALID.rawValue != 0
        || UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
    }
  }

  /// Begun and not ended there: git would go on with it in the next run.
  static let operations = [
    "rebase-merge", "rebase-apply", "sequencer", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG",
    "BISECT_START", "BISECT_NAMES", "BISECT_TERMS", "BISECT_EXPECTED_REV", "BISECT_ANCESTORS_OK",
  ]

  /// Whether a process of this user works here: it stands in the tree, or was started with a path in it.
  ///
  /// A lender that was killed leaves its git running and its lock free; an agent may have outlived its run.
  var isWorkedIn: Bool {
    let own = "\(getpid())"
    return Directory.names("/proc").contains { process in
      guard process != own, process.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return false }
      if let place = Directory.target(ofLink: "/proc/\(process)/cwd"), isInside(place) { return true }
      return ["cmdline", "environ"].contains { list in
        Directory.contents(of: "/proc/\(process)/\(list)").split(separator: 0).contains { word in
          // An argument, or the value of an option or a variable.
          word.split(separator: UInt8(ascii: "=")).contains { part in
            part.starts(with: root.utf8) && isInside(String(decoding: part, as: UTF8.self))
          }
        }
      }
    }
  }

  private func isInside(_ path: String) -> Bool { path == root || path.hasPrefix("\(root)/") }
}

/// Looks into folders and files of the system's.
enum Directory {
  /// Without `.` and `..`; nothing where there is no such folder.
  static func names(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Nothing where there is no such file, or it is not ours to read.
  static func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return bytes
  }

  static func target(ofLink path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { place in
      place.baseAddress.map { readlink(path, $0, place.count) } ?? -1
    }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }
}
