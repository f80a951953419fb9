package import DeliveryLoop
import Engine
import Glibc

/// A folder of keys that only this user reads: what is in it is there whole or not at all, also after a loss of power.
package struct KeyFolder: Sendable {
  package let path: String

  package init(at path: String) { self.path = path }

  /// What is wrong with a file, and what to do about it.
  package struct Problem: Explained, Hashable {
    package let file: String
    package let message: String

    package var kind: Failure.Kind { .broken }
    package var wording: String { "failed to use \"\(file)\": \(message)" }
  }

  /// nil where there is no such file; one that others can read is a problem.
  package func read(_ name: String) throws(Problem) -> String? {
    let file = "\(path)/\(name)"
    var status = stat()
    guard stat(file, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw problem(file)
    }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0 else {
      throw Problem(file: file, message: "can be read by others; \"chmod 600\" it")
    }
    guard let bytes = FileReader.contents(file) else { throw problem(file) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a file that is not there yet; one that is there is a problem.
  package func add(_ text: String, as name: String) throws(Problem) {
    let (draft, file) = (try draft(text, of: name), "\(path)/\(name)")
    defer { unlink(draft) }
    // A link never takes the place of what is there.
    guard link(draft, file) == 0 else { throw problem(file) }
    try settle()
  }

  /// Writes a file in the place of what is there.
  package func replace(_ text: String, as name: String) throws(Problem) {
    let (draft, file) = (try draft(text, of: name), "\(path)/\(name)")
    guard rename(draft, file) == 0 else {
      let problem = problem(file)
      unlink(draft)
      throw problem
    }
    try settle()
  }

  private func draft(_ text: String, of name: String) throws(Problem) -> String {
    try makeFolders()
    let path = "\(path)/.\(name).\(getpid())"
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw problem(path) }
    let bytes = Array(text.utf8)
    let isWritten = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count && fsync(file) == 0
    let problem = problem(path)
    guard close(file) == 0, isWritten else {
      unlink(path)
      throw problem
    }
    return path
  }

  private func settle() throws(Problem) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw problem(path) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw problem(path) }
  }

  private func makeFolders() throws(Problem) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      if mkdir(folder, 0o700) != 0, errno != EEXIST { throw problem(folder) }
    }
  }

  private func problem(_ file: String) -> Problem { Problem(file: file, message: PrivateFolder.reason()) }
}
