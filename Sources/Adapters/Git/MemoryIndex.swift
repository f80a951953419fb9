import CGit2
import DeliveryLoop
import Engine
import Glibc

/// An index that exists in memory only: trees are put together in it without touching the user's.
struct MemoryIndex: ~Copyable {
  private let index: OpaquePointer
  private let repository: OpaquePointer

  /// Starts with the files of a commit or a tree.
  init(tree: ObjectID, in repository: OpaquePointer) throws(RepositoryError) {
    let object = try GitRepository.peel(tree, in: repository)
    defer { git_tree_free(object) }
    let index = try Library.make("make an index") { git_index_new(&$0) }
    do {
      try Library.check(git_index_read_tree(index, object), "read the tree \(tree)")
    } catch {
      git_index_free(index)
      throw error
    }
    self.index = index
    self.repository = repository
  }

  deinit { git_index_free(index) }

  var paths: [String] {
    (0..<git_index_entrycount(index)).compactMap { number in
      git_index_get_byindex(index, number).map { String(cString: $0.pointee.path) }
    }
  }

  /// Removing what is not there is no error.
  borrowing func remove(_ path: String) { git_index_remove(index, path, 0) }

  /// Takes a file as it is in the working tree, through git's own conversion of line ends; what git does not keep (a
  /// pipe, a socket) and what is no longer there is taken out.
  borrowing func add(_ path: String, fromWorkingTree root: String, executableBits: Bool) throws(RepositoryError) {
    var status = stat()
    guard lstat("\(root)/\(path)", &status) == 0 else { return remove(path) }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    // Opening a pipe would wait for its writer for ever.
    guard isLink || status.st_mode & S_IFMT == S_IFREG else { return remove(path) }
    var entry = git_index_entry()
    try Library.check(git_blob_create_from_workdir(&entry.id, repository, path), "read \"\(path)\"")
    // Where the file system keeps no such bits, what was recorded before counts.
    let recorded = git_index_get_bypath(index, path, 0)?.pointee.mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue
    let isExecutable = executableBits ? status.st_mode & S_IXUSR != 0 : recorded
    entry.mode = UInt32(
      (isLink ? GIT_FILEMODE_LINK : isExecutable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB).rawValue)
    try insert(&entry, path)
  }

  /// Takes over how a file is in another index, or that it is not there.
  borrowing func take(_ path: String, from other: borrowing MemoryIndex) throws(RepositoryError) {
    guard let found = git_index_get_bypath(other.index, path, 0) else { return remove(path) }
    var entry = found.pointee
    try insert(&entry, path)
  }

  /// Writes how a file is here, or that it is not there, into another index.
  borrowing func give(_ path: String, to other: OpaquePointer) throws(RepositoryError) {
    guard let found = git_index_get_bypath(index, path, 0) else {
      git_index_remove(other, path, 0)
      return
    }
    var entry = found.pointee
    let code = path.withCString { name in
      entry.path = name
      return git_index_add(other, &entry)
    }
    try Library.check(code, "add \"\(path)\" to the index")
  }

  /// Gives a file these bytes; one that was there keeps its mode.
  borrowing func set(_ file: FileContent) throws(RepositoryError) {
    guard let bytes = file.bytes else { return remove(file.path) }
    var entry = git_index_entry()
    try Library.check(git_blob_create_from_buffer(&entry.id, repository, bytes, bytes.count), "write \"\(file.path)\"")
    entry.mode = git_index_get_bypath(index, file.path, 0)?.pointee.mode ?? UInt32(GIT_FILEMODE_BLOB.rawValue)
    try insert(&entry, file.path)
  }

  borrowing func write() throws(RepositoryError) -> ObjectID {
    var id = git_oid()
    try Library.check(git_index_write_tree_to(&id, index, repository), "write a tree")
    return ObjectID(id)
  }

  private func insert(_ entry: inout git_index_entry, _ path: String) throws(RepositoryError) {
    let code = path.withCString { name in
      entry.path = name
      return git_index_add(index, &entry)
    }
    try Library.check(code, "add \"\(path)\" to a tree")
  }
}
