package import Engine
import Glibc

/// Where a repository's working tree and its shared folder are, read off the file system alone (gitrepository-layout(5)).
///
/// Setting libgit2 up reads all certificates of the system, which takes longer than looking something up in the history.
package struct GitPlace: Sendable {
  /// Absolute path of the working tree's root.
  package let root: String
  /// Absolute path of the folder that all working trees share: the main working tree's root, or the bare repository.
  package let home: String

  /// Looks upwards from a folder.
  package init(at path: String) throws(RepositoryError) {
    guard let start = Self.absolute(path) else { throw .notARepository(path: path) }
    var folder = start
    while true {
      if let common = Self.commonFolder(of: "\(folder)/.git", in: folder) {
        root = folder
        home = common.hasSuffix("/.git") ? String(common.dropLast(5)) : common
        return
      }
      if Self.exists("\(folder)/HEAD"), Self.exists("\(folder)/objects") { throw .bare(path: path) }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { throw .notARepository(path: path) }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// The shared folder behind a `.git`, which is that folder or, in a linked working tree, a file that leads to it.
  private static func commonFolder(of path: String, in folder: String) -> String? {
    if exists("\(path)/HEAD") { return absolute(path) }
    guard let line = firstLine(of: path), line.hasPrefix("gitdir: ") else { return nil }
    let own = resolved(String(line.dropFirst(8)), in: folder)
    return absolute(firstLine(of: "\(own)/commondir").map { resolved($0, in: own) } ?? own)
  }

  static func resolved(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func absolute(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  static func firstLine(of path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
