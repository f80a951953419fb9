import CGit2
package import Engine
import Glibc
import SecretScanning
import Synchronization

/// The objects of a repository, read by several threads at once; a bare one will do.
package final class GitObjects: Objects {
  /// Absolute path of the working tree's root, or of the bare repository.
  package let root: String
  private let common: String
  /// Handles that nobody reads with at this moment.
  private let idle: Mutex<[Handle]>

  private struct Handle: @unchecked Sendable { let pointer: OpaquePointer }

  /// Finds the repository to which a folder belongs, upwards.
  package init(at path: String) throws(RepositoryError) {
    Library.start
    let pointer = try Self.open(path)
    root = String(cString: git_repository_workdir(pointer) ?? git_repository_path(pointer))
    common = String(cString: git_repository_commondir(pointer))
    idle = Mutex([Handle(pointer: pointer)])
  }

  deinit { idle.withLock { for handle in $0 { git_repository_free(handle.pointer) } } }

  private static func open(_ path: String) throws(RepositoryError) -> OpaquePointer {
    var pointer: OpaquePointer?
    let code = git_repository_open_ext(&pointer, path, 0, nil)
    if code == GIT_ENOTFOUND.rawValue { throw .notARepository(path: path) }
    try Library.check(code, "open the repository at \"\(path)\"")
    guard let pointer else { throw .notARepository(path: path) }
    return pointer
  }

  /// Lends a handle to this thread alone.
  func with<Result>(
    _ body: (OpaquePointer) throws(RepositoryError) -> Result
  ) throws(RepositoryError) -> Result {
    let pointer: OpaquePointer
    if let handle = idle.withLock({ $0.popLast() }) { pointer = handle.pointer } else { pointer = try Self.open(root) }
    defer { idle.withLock { $0.append(Handle(pointer: pointer)) } }
    return try body(pointer)
  }

  package func items(in scope: ScanScope) throws(RepositoryError) -> [ScanItem] {
    try with { repository throws(RepositoryError) in
      let isChange = if case .tree = scope { true } else { scope == .staged }
      // Whoever is to mend a change has to know of every file.
      var walk = ObjectWalk(repository, objects: self, once: !isChange)
      switch scope {
      case .staged: try walk.index()
      case .tree(let new, let old): walk.tree(new, since: old)
      case .commits(let tip, let except): try walk.commits([tip], except: except)
      case .unpushed(let tip, let remote): try walk.commits([tip], except: walk.tips(under: "refs/remotes/\(remote)/"))
      case .everything: try walk.everything()
      }
      return walk.items
    }
  }

  /// What a blob holds, or what the Git LFS pointer in it stands for.
  func content(of id: PackedID) throws(Unscanned.Reason) -> [UInt8] {
    let result: Result<[UInt8], Unscanned.Reason>
    do throws(RepositoryError) {
      result = try with { repository throws(RepositoryError) in Self.read(id, in: repository) }
    } catch {
      throw .unreadable(error.wording)
    }
    let bytes = try result.get()
    guard let pointer = LargeFilePointer(bytes) else { return bytes }
    return try largeFile(pointer.id)
  }

  /// An object's content; of one that is larger than what is looked at only the size is read.
  static func read(_ id: PackedID, in repository: OpaquePointer) -> Result<[UInt8], Unscanned.Reason> {
    var database: OpaquePointer?
    guard git_repository_odb(&database, repository) == 0 else { return .failure(.unreadable(Library.message)) }
    defer { git_odb_free(database) }
    var (oid, size, kind) = (id.oid, 0, GIT_OBJECT_ANY)
    let found = git_odb_read_header(&size, &kind, database, &oid)
    if found == GIT_ENOTFOUND.rawValue { return .failure(.missing) }
    if found == 0, size > ScanItem.largest { return .failure(.tooLarge(limit: ScanItem.largest)) }
    var object: OpaquePointer?
    guard git_odb_read(&object, database, &oid) == 0 else { return .failure(.unreadable(Library.message)) }
    defer { git_odb_object_free(object) }
    return .success(
      Array(UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object))))
  }

  /// Where Git LFS keeps what it has fetched (git-lfs, docs/spec.md).
  private func largeFile(_ id: String) throws(Unscanned.Reason) -> [UInt8] {
    let path = "\(common)lfs/objects/\(id.prefix(2))/\(id.dropFirst(2).prefix(2))/\(id)"
    guard let file = fopen(path, "re") else { throw .largeFileMissing }
    defer { fclose(file) }
    var status = stat()
    guard fstat(fileno(file), &status) == 0 else { throw .largeFileMissing }
    if Int(status.st_size) > ScanItem.largest { throw .tooLarge(limit: ScanItem.largest) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    guard fread(&bytes, 1, bytes.count, file) == bytes.count else { throw .unreadable("its file is cut off") }
    return bytes
  }
}
