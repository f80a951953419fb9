package import Engine
import Glibc

/// A folder of the program's own inside a repository: only this user reads it, and git does not see it.
package struct PrivateFolder: Scratch {
  package let path: String

  /// Makes the folder with mode 0700, and in it a `.gitignore` that ignores all of it.
  ///
  /// One that is there has to be this user's own and no link; what processes that are gone were about to write is removed.
  package init(at path: String) throws(ScratchError) {
    self.path = path
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw ScratchError(path: path, message: Self.reason()) }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw ScratchError(path: path, message: Self.reason()) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw ScratchError(path: path, message: "it is a link or a file; remove it")
    }
    guard status.st_uid == geteuid() else {
      throw ScratchError(path: path, message: "it belongs to another user; remove it or work as that user")
    }
    if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 { throw ScratchError(path: path, message: Self.reason()) }
    removeDrafts()
    if access("\(path)/.gitignore", F_OK) != 0 { _ = try write(Array("*\n".utf8), named: ".gitignore") }
  }

  private static let ofDrafts = ".new-"

  private func removeDrafts() {
    for name in names {
      guard let pid = name.split(separator: "-").last.flatMap({ pid_t($0) }), name.contains(Self.ofDrafts),
        kill(pid, 0) != 0, errno == ESRCH
      else { continue }
      unlink("\(path)/\(name)")
    }
  }

  package func write(_ bytes: [UInt8], named name: String) throws(ScratchError) -> String {
    let target = "\(path)/\(name)"
    let draft = "\(target)\(Self.ofDrafts)\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw ScratchError(path: draft, message: Self.reason()) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let reason = Self.reason()
        close(file)
        throw ScratchError(path: draft, message: reason)
      }
      written += count
    }
    guard close(file) == 0, rename(draft, target) == 0 else { throw ScratchError(path: target, message: Self.reason()) }
    return target
  }

  package func remove(named name: String) { unlink("\(path)/\(name)") }

  package func read(named name: String, upTo limit: Int) -> [UInt8]? {
    // Whoever was told its name may have put anything there, such as a pipe that nobody writes to.
    let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let more = bytes[count...].withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      guard more > 0 else { break }
      count += more
    }
    return Array(bytes[..<count])
  }

  package func files(upTo limit: Int) throws(ScratchError) -> [(name: String, bytes: [UInt8]?)] {
    names.compactMap { name in
      var status = stat()
      // To open a file of the database beside SQLite, and close it again, would let go of SQLite's locks.
      guard !name.hasPrefix("ledger.db"), lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG
      else { return nil }
      return (name, status.st_size > limit ? nil : FileReader.contents("\(path)/\(name)"))
    }
  }

  /// Of all that is in it.
  private var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }

  static func reason() -> String { String(cString: strerror(errno)) }
}
