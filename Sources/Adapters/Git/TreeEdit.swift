import CGit2
import DeliveryLoop
import Engine
import Glibc

/// A tree with some of its files exchanged: only the folders on the way to those are read and written, whatever the size of
/// the rest.
final class TreeEdit {
  private let source: OpaquePointer
  private let repository: OpaquePointer
  private let top = Folder()

  /// What is to become of one folder.
  private final class Folder {
    /// nil takes the file out.
    var files: [String: File?] = [:]
    var folders: [String: Folder] = [:]
    /// Whether nothing counts any more of what the tree has there: a file was in its place.
    var isNew = false
  }

  private struct File {
    var id: git_oid
    var mode: git_filemode_t
  }

  /// Starts with the files of a commit or a tree.
  init(tree: ObjectID, in repository: OpaquePointer) throws(RepositoryError) {
    source = try GitRepository.peel(tree, in: repository)
    self.repository = repository
  }

  deinit { git_tree_free(source) }

  /// Removing what is not there is no error.
  func remove(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return }
    var folder = top
    for part in parts.dropLast() {
      // A file stands where the folder was.
      if case .some(.some) = folder.files[part] { return }
      folder = folder.folders[part] ?? Self.added(part, to: folder)
    }
    folder.files[name] = .some(nil)
  }

  private static func added(_ name: String, to folder: Folder) -> Folder {
    let new = Folder()
    folder.folders[name] = new
    return new
  }

  /// Takes a file as it is in the working tree, through git's own conversion of line ends; what git does not keep (a
  /// pipe, a socket) and what is no longer there is taken out.
  func add(_ path: String, fromWorkingTree root: String, executableBits: Bool) throws(RepositoryError) {
    var status = stat()
    guard lstat("\(root)/\(path)", &status) == 0 else { return remove(path) }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    // Opening a pipe would wait for its writer for ever.
    guard isLink || status.st_mode & S_IFMT == S_IFREG else { return remove(path) }
    var id = git_oid()
    try Library.check(git_blob_create_from_workdir(&id, repository, path), "read \"\(path)\"")
    // Where the file system keeps no such bits, what was recorded before counts.
    let isExecutable =
      executableBits ? status.st_mode & S_IXUSR != 0 : try file(path)?.mode == GIT_FILEMODE_BLOB_EXECUTABLE
    put(
      File(
        id: id, mode: isLink ? GIT_FILEMODE_LINK : isExecutable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB),
      at: path)
  }

  /// Takes over how a file is in another tree, or that it is not there.
  func take(_ path: String, from other: TreeEdit) throws(RepositoryError) {
    guard let found = try other.file(path) else { return remove(path) }
    put(found, at: path)
  }

  /// Gives a file these bytes; one that was there keeps its mode.
  func set(_ file: FileContent) throws(RepositoryError) {
    guard let bytes = file.bytes else { return remove(file.path) }
    var id = git_oid()
    try Library.check(git_blob_create_from_buffer(&id, repository, bytes, bytes.count), "write \"\(file.path)\"")
    put(File(id: id, mode: try self.file(file.path)?.mode ?? GIT_FILEMODE_BLOB), at: file.path)
  }

  /// A file takes the place of a folder, and what is put into a folder that of a file.
  private func put(_ file: File, at path: String) {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return }
    var folder = top
    for part in parts.dropLast() {
      let wasFile = if case .some(.some) = folder.files[part] { true } else { false }
      if wasFile { folder.files[part] = .some(nil) }
      let next = folder.folders[part] ?? Self.added(part, to: folder)
      if wasFile { next.isNew = true }
      folder = next
    }
    folder.files[name] = file
    folder.folders[name] = nil
  }

  /// The file that is at a path now, with what was done so far.
  private func file(_ path: String) throws(RepositoryError) -> File? {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return nil }
    var folder: Folder? = top
    var isNew = false
    for part in parts.dropLast() {
      if let folder, case .some(.some) = folder.files[part] { return nil }
      folder = folder?.folders[part]
      isNew = isNew || folder?.isNew == true
    }
    if let folder, let known = folder.files[name] { return known }
    if isNew { return nil }
    return try recorded(path)
  }

  /// The file that the tree has had at a path from the start.
  private func recorded(_ path: String) throws(RepositoryError) -> File? {
    var entry: OpaquePointer?
    let code = git_tree_entry_bypath(&entry, source, path)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try Library.check(code, "look for \"\(path)\" in a tree")
    defer { git_tree_entry_free(entry) }
    guard git_tree_entry_type(entry) != GIT_OBJECT_TREE, let id = git_tree_entry_id(entry) else { return nil }
    return File(id: id.pointee, mode: git_tree_entry_filemode(entry))
  }

  func write() throws(RepositoryError) -> ObjectID {
    if let id = try write(top, over: source) { return ObjectID(id) }
    return ObjectID(try written(try builder(over: nil)))
  }

  /// nil when nothing is left in the folder: git keeps no empty one.
  private func write(_ folder: Folder, over old: OpaquePointer?) throws(RepositoryError) -> git_oid? {
    let builder = try builder(over: old)
    defer { git_treebuilder_free(builder) }
    for (name, file) in folder.files {
      if var file {
        try Library.check(git_treebuilder_insert(nil, builder, name, &file.id, file.mode), "add \"\(name)\" to a tree")
      } else if let entry = git_treebuilder_get(builder, name), git_tree_entry_type(entry) != GIT_OBJECT_TREE {
        try Library.check(git_treebuilder_remove(builder, name), "take \"\(name)\" out of a tree")
      }
    }
    for (name, inner) in folder.folders {
      var subtree: OpaquePointer?
      defer { git_tree_free(subtree) }
      let wasFolder = git_treebuilder_get(builder, name).map { git_tree_entry_type($0) == GIT_OBJECT_TREE } ?? false
      if wasFolder, !inner.isNew, let entry = git_treebuilder_get(builder, name) {
        try Library.check(
          git_tree_lookup(&subtree, repository, git_tree_entry_id(entry)), "read the folder \"\(name)\" of a tree")
      }
      if var id = try write(inner, over: subtree) {
        try Library.check(
          git_treebuilder_insert(nil, builder, name, &id, GIT_FILEMODE_TREE), "add \"\(name)\" to a tree")
      } else if wasFolder {
        try Library.check(git_treebuilder_remove(builder, name), "take \"\(name)\" out of a tree")
      }
    }
    guard git_treebuilder_entrycount(builder) > 0 else { return nil }
    var id = git_oid()
    try Library.check(git_treebuilder_write(&id, builder), "write a tree")
    return id
  }

  private func builder(over old: OpaquePointer?) throws(RepositoryError) -> OpaquePointer {
    try Library.make("make a tree") { git_treebuilder_new(&$0, repository, old) }
  }

  private func written(_ builder: OpaquePointer) throws(RepositoryError) -> git_oid {
    defer { git_treebuilder_free(builder) }
    var id = git_oid()
    try Library.check(git_treebuilder_write(&id, builder), "write a tree")
    return id
  }
}
