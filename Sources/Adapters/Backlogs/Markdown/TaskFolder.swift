import Engine
import Glibc

/// The folder that holds a file for each task.
struct TaskFolder {
  /// Absolute.
  let path: String

  /// Names of the files that hold tasks, sorted by their bytes: `*.md`, hidden ones and a README left out.
  func names() throws(BacklogError) -> [String] {
    guard let directory = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .failed(doing: "list \"\(path)\"", message: LocalFile.reason())
    }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".md"), !name.hasPrefix("."), name.lowercased() != "readme.md" { names.append(name) }
    }
    guard errno == 0 else { throw .failed(doing: "list \"\(path)\"", message: LocalFile.reason()) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
