import Engine
import Glibc

/// A file as it was when it was read, so that it can be replaced only if it still is that.
struct LocalFile {
  /// Absolute.
  let path: String
  let bytes: [UInt8]
  private let stamp: Stamp

  /// Reads the whole file; nil when there is none.
  init?(reading path: String) throws(BacklogError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .failed(doing: "open \"\(path)\"", message: Self.reason())
    }
    defer { close(file) }
    guard let stamp = Stamp(file) else { throw .failed(doing: "look at \"\(path)\"", message: Self.reason()) }
    guard stamp.mode & S_IFMT == S_IFREG else { throw .unsupported("\"\(path)\" is not a file; put a file there") }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(stamp.size)
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .failed(doing: "read \"\(path)\"", message: Self.reason()) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    self.path = path
    self.bytes = bytes
    self.stamp = stamp
  }

  /// Gives the file other content by an atomic rename, its mode kept, and reads it back.
  ///
  /// The data is on disk before the rename and the name is after it: a crash leaves the old content or the new, never
  /// a mixture. Throws `.busy` when somebody else wrote to the file since it was read.
  func replace(with content: [UInt8]) throws(BacklogError) {
    guard let named = Stamp(naming: path), named == stamp else {
      if Stamp(naming: path).map({ $0.mode & S_IFMT == S_IFLNK }) == true {
        throw .unsupported("\"\(path)\" is a symbolic link, which a rename would replace; put the file itself there")
      }
      throw .busy(path: path)
    }
    let draft = path + ".tmp"
    do throws(BacklogError) {
      try Self.write(content, to: draft, mode: stamp.mode & 0o7777)
      guard rename(draft, path) == 0 else { throw .failed(doing: "replace \"\(path)\"", message: Self.reason()) }
    } catch {
      unlink(draft)
      throw error
    }
    try Self.synchronizeFolder(of: path)
    guard try LocalFile(reading: path)?.bytes == content else { throw .busy(path: path) }
  }

  static func reason() -> String { String(cString: strerror(errno)) }

  private static func write(_ content: [UInt8], to path: String, mode: mode_t) throws(BacklogError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { throw .failed(doing: "create \"\(path)\"", message: reason()) }
    defer { close(file) }
    var written = 0
    while written < content.count {
      let count = content[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .failed(doing: "write \"\(path)\"", message: reason()) }
      written += count
    }
    // The mode is set again because the umask had its say when the file was made.
    guard fchmod(file, mode) == 0, fsync(file) == 0 else {
      throw .failed(doing: "write \"\(path)\"", message: reason())
    }
  }

  private static func synchronizeFolder(of path: String) throws(BacklogError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw .failed(doing: "open \"\(folder)\"", message: reason()) }
    defer { close(file) }
    // Some file systems have no fsync for folders and say so with EINVAL.
    guard fsync(file) == 0 || errno == EINVAL else { throw .failed(doing: "write \"\(folder)\"", message: reason()) }
  }
}

/// Tells one state of a file from another.
private struct Stamp: Equatable {
  let device, inode: UInt64
  let size: Int
  let seconds, nanoseconds: Int
  let mode: mode_t

  init?(_ file: Int32) {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(naming path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    mode = status.st_mode
  }
}
