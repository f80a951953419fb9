import CGit2
import Engine
import Glibc

/// What git obeys of a repository's own set-up when it fetches and pushes: it can lead a push elsewhere, hand its credentials to
/// somebody, hide files, or have a program run.
struct GitSetup: Sendable {
  /// The values of a setting, or the bytes of a file, by its name.
  private let parts: [String: [[UInt8]]]

  /// `root` is the working tree's, `home` the folder that all of them share.
  init(_ repository: OpaquePointer, root: String, home: String) throws(RepositoryError) {
    var parts = try Self.settings(repository)
    let common = String(cString: git_repository_commondir(repository))
    for name in ["config.worktree", "info/attributes", "info/exclude", "info/grafts", "objects/info/alternates"] {
      parts[".git/\(name)"] = Self.file("\(common)\(name)")
    }
    let path = parts["core.hookspath"]?.last.map { String(decoding: $0, as: UTF8.self) }
    if let path, Self.isInTree(hooks: path, root: root, home: home) {
      // git is told to look for hooks nowhere.
      parts["core.hookspath"] = nil
    } else {
      var folder = path ?? "\(common)hooks"
      if folder.hasPrefix("~/"), let user = getenv("HOME") { folder = String(cString: user) + folder.dropFirst() }
      for name in Self.hooks { parts["\(path ?? ".git/hooks")/\(name)"] = Self.file("\(folder)/\(name)") }
    }
    self.parts = parts
  }

  /// The names of what differs, sorted.
  func differences(from other: GitSetup) -> [String] {
    Set(parts.keys).union(other.parts.keys).filter { parts[$0] != other.parts[$0] }.sorted()
  }

  /// Whether a `core.hooksPath` (git-config(1)) leads to where a change can put hooks.
  static func isInTree(hooks path: String, root: String, home: String) -> Bool {
    if path.hasPrefix("~") { return false }
    return !path.hasPrefix("/") || [root, home].contains { "\(path)/".hasPrefix("\($0)/") }
  }

  /// Those of githooks(5) that a fetch or a push runs.
  private static let hooks = ["pre-push", "reference-transaction", "pre-auto-gc"]

  /// What neither a fetch nor a push looks at, or what is said on their command line: everything else counts, also what a
  /// later git obeys.
  private static let idle = [
    "advice.", "alias.", "branch.", "color.", "core.editor", "core.fsmonitor", "core.pager", "diff.", "difftool.",
    "merge.",
    "mergetool.", "pager.", "safe.",
  ]

  private static func settings(_ repository: OpaquePointer) throws(RepositoryError) -> [String: [[UInt8]]] {
    let doing = "read git's configuration"
    let configuration = try Library.make(doing) { git_repository_config_snapshot(&$0, repository) }
    defer { git_config_free(configuration) }
    let iterator = try Library.make(doing) { git_config_iterator_new(&$0, configuration) }
    defer { git_config_iterator_free(iterator) }
    var settings: [String: [[UInt8]]] = [:]
    var entry: UnsafeMutablePointer<git_config_entry>?
    while true {
      let code = git_config_next(&entry, iterator)
      if code == GIT_ITEROVER.rawValue { return settings }
      try Library.check(code, doing)
      guard let found = entry?.pointee else { return settings }
      let name = String(cString: found.name)
      if idle.contains(where: name.hasPrefix) { continue }
      settings[name, default: []].append(found.value.map { Array(String(cString: $0).utf8) } ?? [])
    }
  }

  /// Whether it can be run, and its bytes; nil where there is none.
  private static func file(_ path: String) -> [[UInt8]]? {
    guard access(path, F_OK) == 0 else { return nil }
    return [[access(path, X_OK) == 0 ? 1 : 0], Directory.contents(of: path)]
  }
}
