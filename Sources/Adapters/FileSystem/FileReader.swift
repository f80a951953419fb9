import Glibc

/// Reads whole files.
package enum FileReader {
  /// nil when there is no such file or it cannot be read.
  package static func contents(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}

extension FileReader {
  /// Whether there is a file or a folder of that name.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
