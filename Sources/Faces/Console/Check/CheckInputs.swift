import DeliveryLoop
import FileSystem

/// The files that are checked, in the order in which they were named.
struct CheckInputs {
  struct File {
    /// As it is shown.
    let name: String
    let bytes: [UInt8]
    /// Where the files that it names are.
    let root: String
  }

  let files: [File]

  init(_ names: [String], globs: [String], root: String?) throws {
    var paths: [String] = []
    for name in names {
      if name == "-" || !FolderListing.isFolder(name) {
        paths.append(name)
      } else {
        paths += FolderListing.files(below: name).filter { $0.hasSuffix(".hurl") }
      }
    }
    for pattern in globs { paths += try Self.expand(pattern) }
    if paths.isEmpty { throw CheckMistake.noFiles }
    files = try paths.map { path in
      guard let bytes = FileReader.contents(path == "-" ? "/dev/stdin" : path) else { throw CheckMistake.missing(path) }
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      return File(name: path, bytes: bytes, root: root ?? (folder.isEmpty ? "/" : folder))
    }
  }

  /// The files of a pattern, sorted; one that matches nothing is a mistake.
  private static func expand(_ pattern: String) throws -> [String] {
    let fixed = pattern.prefix { $0 != "*" && $0 != "?" }
    let folder = fixed.lastIndex(of: "/").map { String(pattern[..<$0]) } ?? "."
    let glob = Glob(pattern.hasPrefix("./") ? String(pattern.dropFirst(2)) : pattern)
    let found = FolderListing.files(below: folder.isEmpty ? "/" : folder).map {
      $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0
    }.filter { glob.matches($0) }
    if found.isEmpty { throw CheckMistake.missing(pattern) }
    return found
  }
}
