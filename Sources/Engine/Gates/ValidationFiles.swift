import DeliveryLoop

/// Which validations judge a change, and what prepares them.
///
/// One that the base commit has judges as it is there (promise I9): what the change makes of it has to pass as well, and
/// cannot take its place. The `_setup.hurl` of a folder comes before what it and the folders below it hold.
struct ValidationFiles {
  let world: World
  let run: Run

  static let setup = "_setup.hurl"

  /// One file of checks, from one tree.
  struct File: Hashable {
    let path: String
    let tree: ObjectID
    /// The path, with a word where the change has another version of it, or has brought it along.
    let name: String
    /// The base commit has it so.
    let isOfBase: Bool

    /// The folder with its last slash; empty for the root.
    var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }
    var isSetup: Bool { path.hasSuffix("/" + setup) || path == setup }

    /// Whether this setup, of all that there are, prepares a file: what the base commit has is prepared by what it has.
    func prepares(_ file: File, among all: [File]) -> Bool {
      guard isSetup, !file.isSetup || file.folder != folder, file.folder.hasPrefix(folder) else { return false }
      if isOfBase == file.isOfBase { return true }
      // A new file is prepared by a setup that the change has left alone.
      return !file.isOfBase && name == path && !all.contains { $0.path == path && !$0.isOfBase }
    }
  }

  enum Selection {
    case files([File])
    /// A pattern that names no file.
    case missing(pattern: String)
  }

  /// Setups first, from the root down; then in the order of the patterns, each path once.
  func select(in tree: ObjectID) throws -> Selection {
    let values = TemplateValues.of(task: try world.backlog.show(run.opening.task), run: run.id)
    let base = try world.repository.tree(of: run.base)
    let (before, now) = (try world.repository.paths(in: base), try world.repository.paths(in: tree))
    let all = Set(before).union(now).sorted()
    var found: [String] = []
    for pattern in world.configuration.validate.map({ Template($0).filled(with: values) }) {
      let matches = Self.matches(of: pattern, in: all)
      // A name that is written out is meant; a pattern may have nothing to match in this task.
      if matches.isEmpty, Glob(pattern).isLiteral { return .missing(pattern: pattern) }
      found += matches.filter { !found.contains($0) }
    }
    let files = try found.flatMap { try versions(of: $0, before: base, now: tree) }.filter { !$0.isSetup }
    let folders = Set(files.flatMap { Self.folders(above: $0.path) })
    let setups = all.filter { folders.contains($0) }.sorted { $0.utf8.count < $1.utf8.count }
    return .files(try setups.flatMap { try versions(of: $0, before: base, now: tree) } + files)
  }

  /// A file, what a glob matches, or all validations below a folder.
  static func matches(of pattern: String, in paths: [String]) -> [String] {
    let (glob, folder) = (Glob(pattern), pattern.hasSuffix("/") ? pattern : pattern + "/")
    return paths.filter { path in
      glob.matches(path) || (glob.isLiteral && path.hasPrefix(folder) && path.hasSuffix(".hurl"))
    }
  }

  /// Where setups of a file may stand.
  private static func folders(above path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { path[...$0] + setup } + [setup]
  }

  private func versions(of path: String, before: ObjectID, now: ObjectID) throws -> [File] {
    let old = try world.repository.content(of: path, at: before)
    let new = try world.repository.content(of: path, at: now)
    guard let old else {
      return [File(path: path, tree: now, name: "\(path) (of this change)", isOfBase: false)]
    }
    guard old != new else { return [File(path: path, tree: now, name: path, isOfBase: true)] }
    let base = File(path: path, tree: before, name: "\(path) (as it was)", isOfBase: true)
    return new == nil ? [base] : [base, File(path: path, tree: now, name: path, isOfBase: false)]
  }
}
