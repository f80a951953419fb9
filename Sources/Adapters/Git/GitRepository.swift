import CGit2
package import DeliveryLoop
package import Engine
import Glibc
import Synchronization

/// A repository through libgit2: everything that needs no network.
///
/// The index of the user is written in `refreshIndex` and `restore` alone; no return code of an effect is believed before the
/// effect has been seen (libgit2 1.5 returns success for a commit that a full disk has swallowed).
package final class GitRepository: Repository {
  /// The library's version.
  package static var libraryVersion: String { Library.version }

  package let root: String
  package let home: String
  private let environment: [String: String]?
  private let handle: Mutex<Handle>
  /// As it was when this was made: before any command of a run.
  private let setup: GitSetup

  /// The library's own repository object, freed with its owner.
  struct Handle: ~Copyable, @unchecked Sendable {
    let pointer: OpaquePointer
    deinit { git_repository_free(pointer) }
  }

  /// Finds the repository to which a folder belongs, upwards.
  ///
  /// `environment` is where an author is looked for before git's configuration; nil stands for that of this process.
  package init(at path: String, environment: [String: String]? = nil) throws(RepositoryError) {
    Library.start
    self.environment = environment
    var pointer: OpaquePointer?
    let code = git_repository_open_ext(&pointer, path, 0, nil)
    if code == GIT_ENOTFOUND.rawValue { throw .notARepository(path: path) }
    try Library.check(code, "open the repository at \"\(path)\"")
    guard let pointer else { throw .notARepository(path: path) }
    guard let workdir = git_repository_workdir(pointer) else {
      git_repository_free(pointer)
      throw .bare(path: path)
    }
    root = Self.trimmed(String(cString: workdir))
    let common = Self.trimmed(String(cString: git_repository_commondir(pointer)))
    home = common.hasSuffix("/.git") ? String(common.dropLast(5)) : common
    handle = Mutex(Handle(pointer: pointer))
    setup = try GitSetup(pointer, root: root, home: home)
  }

  /// Lends the library's repository; calls from several threads take turns.
  func with<Result>(
    _ body: (OpaquePointer) throws(RepositoryError) -> Result
  ) throws(RepositoryError) -> Result where Result: Sendable {
    try handle.withLock { handle throws(RepositoryError) in try body(handle.pointer) }
  }

  package func located(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    let (here, atHome) = ("\(root)/\(path)", "\(home)/\(path)")
    return access(here, F_OK) != 0 && access(atHome, F_OK) == 0 ? atHome : here
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  package func head() throws(RepositoryError) -> Head {
    try with { repository throws(RepositoryError) in
      var reference: OpaquePointer?
      let code = git_repository_head(&reference, repository)
      defer { git_reference_free(reference) }
      if code == GIT_EUNBORNBRANCH.rawValue {
        let head = try Library.make("read HEAD") { git_reference_lookup(&$0, repository, "HEAD") }
        defer { git_reference_free(head) }
        let target = git_reference_symbolic_target(head).map { String(cString: $0) } ?? ""
        return .unborn(target.hasPrefix("refs/heads/") ? String(target.dropFirst(11)) : target)
      }
      try Library.check(code, "read HEAD")
      guard let target = git_reference_target(reference) else {
        throw .failed(doing: "read HEAD", message: "it names nothing")
      }
      let commit = ObjectID(target.pointee)
      guard git_reference_is_branch(reference) == 1, let name = git_reference_shorthand(reference) else {
        return .detached(commit)
      }
      return .branch(String(cString: name), commit)
    }
  }

  package func identity() throws(RepositoryError) -> Identity {
    guard let name = try variable("GIT_AUTHOR_NAME", or: "user.name"),
      let email = try variable("GIT_AUTHOR_EMAIL", or: "user.email")
    else { throw .noIdentity }
    return Identity(name: name, email: email)
  }

  private func variable(_ name: String, or setting: String) throws(RepositoryError) -> String? {
    let value = environment.map { $0[name] } ?? getenv(name).map { String(cString: $0) }
    if let value, !value.isEmpty { return value }
    return try self.setting(setting)
  }

  package func url(ofRemote name: String) throws(RepositoryError) -> String? { try setting("remote.\(name).url") }

  /// A value of git's configuration, from the repository, the user or the system; nil when it is not set.
  func setting(_ name: String) throws(RepositoryError) -> String? {
    try with { repository throws(RepositoryError) in
      let configuration = try Library.make("read git's configuration") {
        git_repository_config_snapshot(&$0, repository)
      }
      defer { git_config_free(configuration) }
      var value: UnsafePointer<CChar>?
      guard git_config_get_string(&value, configuration, name) == 0, let value else { return nil }
      return String(cString: value)
    }
  }

  /// The names of what of git's set-up is not as it was when this was made, sorted.
  func changedSetup() throws(RepositoryError) -> [String] {
    try with { repository throws(RepositoryError) in
      try GitSetup(repository, root: root, home: home).differences(from: setup)
    }
  }

  /// A setting that is true or false, and what it is where nobody has set it.
  func isOn(_ name: String, unset: Bool) throws(RepositoryError) -> Bool {
    try with { repository throws(RepositoryError) in
      let configuration = try Library.make("read git's configuration") {
        git_repository_config_snapshot(&$0, repository)
      }
      defer { git_config_free(configuration) }
      var value: Int32 = 0
      let code = git_config_get_bool(&value, configuration, name)
      if code == GIT_ENOTFOUND.rawValue { return unset }
      try Library.check(code, "read git's setting \"\(name)\"")
      return value != 0
    }
  }

  package func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(RepositoryError) -> Bool {
    if ancestor == descendant { return try contains(ancestor) }
    return try with { repository throws(RepositoryError) in
      var (old, new) = (ancestor.oid, descendant.oid)
      return git_graph_descendant_of(repository, &new, &old) == 1
    }
  }

  package func blobID(of bytes: [UInt8]) throws(RepositoryError) -> ObjectID {
    var id = git_oid()
    try Library.check(git_odb_hash(&id, bytes, bytes.count, GIT_OBJECT_BLOB), "hash a file")
    return ObjectID(id)
  }

  package func contains(_ commit: ObjectID) throws(RepositoryError) -> Bool {
    try with { repository throws(RepositoryError) in
      var id = commit.oid
      var object: OpaquePointer?
      defer { git_commit_free(object) }
      return git_commit_lookup(&object, repository, &id) == 0
    }
  }
}

extension Head {
  /// The commit that is checked out; nil before the first one.
  var commit: ObjectID? {
    switch self {
    case .branch(_, let commit), .detached(let commit): commit
    case .unborn: nil
    }
  }
}
