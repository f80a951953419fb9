package import Engine
import Glibc

/// A folder of the program's own inside a repository: only this user reads it, and git does not see it.
package struct PrivateFolder: Scratch {
  package let path: String

  /// Makes the folder with mode 0700, and in it a `.gitignore` that ignores all of it.
  package init(at path: String) throws(ScratchError) {
    self.path = path
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw ScratchError(path: path, message: Self.reason()) }
    if access("\(path)/.gitignore", F_OK) != 0 { _ = try write(Array("*\n".utf8), named: ".gitignore") }
  }

  package func write(_ bytes: [UInt8], named name: String) throws(ScratchError) -> String {
    let target = "\(path)/\(name)"
    let draft = "\(target).new"
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

  static func reason() -> String { String(cString: strerror(errno)) }
}
