package import Engine
import Glibc

/// A key in a file that only this user reads: 64 hexadecimal digits, made when it is first asked for.
package struct KeyFile: Sendable {
  private let path: String

  /// The folders on the way to the file are made with it, mode 0700.
  package init(at path: String) { self.path = path }

  /// The text of the key. Who asks at the same time as another gets the same.
  package func key() throws(FingerprintKeyError) -> [UInt8] {
    if FileReader.exists(path) { return try read() }
    try makeFolders()
    let draft = "\(path).\(getpid())-\(UInt32.random(in: .min ... .max))"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw error() }
    defer { unlink(draft) }
    let text = Self.digits() + [UInt8(ascii: "\n")]
    let count = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == text.count, fsync(file) == 0, close(file) == 0 else { throw error() }
    // The first one wins: a link never takes the place of what is there.
    guard link(draft, path) == 0 || errno == EEXIST else { throw error() }
    return try read()
  }

  private func read() throws(FingerprintKeyError) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0 else { throw error() }
    guard status.st_mode & 0o077 == 0 else {
      throw FingerprintKeyError(source: path, message: "can be read by others; \"chmod 600\" it")
    }
    guard let bytes = FileReader.contents(path) else { throw error() }
    let key = bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d || $0 == 0x20 }).first ?? []
    guard key.count >= Self.shortest else {
      throw FingerprintKeyError(source: path, message: "has less than \(Self.shortest) characters; remove it")
    }
    return Array(key)
  }

  /// In characters.
  package static let shortest = 32

  /// From the system's own source (getrandom(2)).
  private static func digits() -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return (0..<64).map { _ in digits[Int.random(in: 0..<16)] }
  }

  private func makeFolders() throws(FingerprintKeyError) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      if mkdir(folder, 0o700) != 0, errno != EEXIST {
        throw FingerprintKeyError(source: folder, message: PrivateFolder.reason())
      }
    }
  }

  private func error() -> FingerprintKeyError { FingerprintKeyError(source: path, message: PrivateFolder.reason()) }
}
