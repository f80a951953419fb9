import Glibc

/// A folder of its own for one test, gone with the value.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() {
    var template = Array("\(Self.parent)/waybill-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder could be made")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file below the folder, and the folders on the way to it.
  package func write(_ bytes: [UInt8], to name: String, mode: UInt32 = 0o644) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o755)
    }
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    precondition(file >= 0, "\(name) could not be made")
    defer { close(file) }
    fchmod(file, mode)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      precondition(count > 0, "\(name) could not be written")
      written += count
    }
  }

  package func write(_ text: String, to name: String, mode: UInt32 = 0o644) {
    write(Array(text.utf8), to: name, mode: mode)
  }

  /// nil when there is no such file.
  package func read(_ name: String) -> [UInt8]? {
    let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = Glibc.read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  /// Names in a folder below it, sorted, without `.` and `..`.
  package func names(in folder: String = "") -> [String] { Self.names("\(path)/\(folder)") }

  private static var parent: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  private static func names(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    for name in names(path) {
      let child = "\(path)/\(name)"
      var status = stat()
      if lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { remove(child) } else { unlink(child) }
    }
    rmdir(path)
  }
}
