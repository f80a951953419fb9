import DeliveryLoop

/// Which validations judge a change.
///
/// One that the base commit has judges as it is there (promise I9): what the change makes of it has to pass as well, and
/// cannot take its place.
struct ValidationFiles {
  let world: World
  let run: Run

  /// One file of checks, from one tree.
  struct File: Hashable {
    let path: String
    let tree: ObjectID
    /// The path, with a word where the change has another version of it.
    let name: String
  }

  enum Selection {
    case files([File])
    /// A pattern that names no file.
    case missing(pattern: String)
  }

  /// In the order of the patterns, each path once.
  func select(in tree: ObjectID) throws -> Selection {
    let values = TemplateValues.of(task: try world.backlog.show(run.opening.task), run: run.id)
    let base = try world.repository.tree(of: run.base)
    let (before, now) = (try world.repository.paths(in: base), try world.repository.paths(in: tree))
    let all = Set(before).union(now).sorted()
    var found: [String] = []
    for pattern in world.configuration.validate.map({ Template($0).filled(with: values) }) {
      let glob = Glob(pattern)
      let matches = all.filter { glob.matches($0) }
      // A name that is written out is meant; a pattern may have nothing to match in this task.
      if matches.isEmpty, glob.isLiteral { return .missing(pattern: pattern) }
      found += matches.filter { !found.contains($0) }
    }
    return .files(try found.flatMap { try versions(of: $0, before: base, now: tree) })
  }

  private func versions(of path: String, before: ObjectID, now: ObjectID) throws -> [File] {
    let old = try world.repository.content(of: path, at: before)
    let new = try world.repository.content(of: path, at: now)
    guard let old, old != new else { return [File(path: path, tree: now, name: path)] }
    let base = File(path: path, tree: before, name: "\(path) (as it was)")
    return new == nil ? [base] : [base, File(path: path, tree: now, name: path)]
  }
}
