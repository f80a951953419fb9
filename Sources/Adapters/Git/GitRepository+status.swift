import CGit2
import DeliveryLoop
package import Engine
import Glibc

extension GitRepository {
  package func changes() throws(RepositoryError) -> [FileChange] {
    try with { repository throws(RepositoryError) in
      var changes: [FileChange] = []
      try Self.eachStatus(repository) { path, status in
        changes.append(FileChange(path: path, kind: Self.kind(status)))
      }
      return changes.sorted { $0.path < $1.path }
    }
  }

  /// Visits what differs between HEAD, index and working tree: untracked files singly, ignored ones and submodules not at all.
  static func eachStatus(
    _ repository: OpaquePointer, _ visit: (String, UInt32) throws(RepositoryError) -> Void
  ) throws(RepositoryError) {
    guard let suspects = try suspects(repository) else {
      return try eachStatus(repository, GIT_STATUS_SHOW_INDEX_AND_WORKDIR, of: [], visit)
    }
    if !suspects.isEmpty { try eachStatus(repository, GIT_STATUS_SHOW_INDEX_AND_WORKDIR, of: suspects, visit) }
  }

  /// Where to look for differences; nil stands for everywhere, which takes longer and is always right.
  private static func suspects(_ repository: OpaquePointer) throws(RepositoryError) -> [[UInt8]]? {
    guard let root = git_repository_workdir(repository) else { return nil }
    let index = try Library.make("open the index") { git_repository_index(&$0, repository) }
    defer { git_index_free(index) }
    var status = stat()
    // Before it is read: an index that is written meanwhile is younger than we take it for, which makes for more suspects.
    guard stat(git_index_path(index), &status) == 0 else { return nil }
    try Library.check(git_index_read(index, 0), "read the index")
    // Two names could be one file.
    if git_index_caps(index) & Int32(GIT_INDEX_CAPABILITY_IGNORE_CASE.rawValue) != 0 { return nil }
    let scan = WorkingTreeScan(root: String(cString: root), index: index, indexTime: status.st_mtim)
    let (found, staged) = try scan.run { () throws(RepositoryError) in
      var paths: [[UInt8]] = []
      try eachStatus(repository, GIT_STATUS_SHOW_INDEX_ONLY, of: []) { path, _ in paths.append(Array(path.utf8)) }
      return paths
    }
    let suspects = Set(found + staged).sorted { $0.lexicographicallyPrecedes($1) }
    return suspects.count < 10_000 ? suspects : nil
  }

  private static func eachStatus(
    _ repository: OpaquePointer, _ show: git_status_show_t, of paths: [[UInt8]],
    _ visit: (String, UInt32) throws(RepositoryError) -> Void
  ) throws(RepositoryError) {
    var options = git_status_options()
    try Library.check(git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION)), "read the status")
    options.show = show
    options.flags =
      GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_STATUS_OPT_EXCLUDE_SUBMODULES.rawValue
    // The scan reads the index on other threads, and it was read anew before that.
    if show == GIT_STATUS_SHOW_INDEX_ONLY { options.flags |= GIT_STATUS_OPT_NO_REFRESH.rawValue }
    if !paths.isEmpty { options.flags |= GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH.rawValue }
    var names = paths.map { strdup(WorkingTreeScan.cString($0)) }
    defer { for name in names { free(name) } }
    let list = try names.withUnsafeMutableBufferPointer { names throws(RepositoryError) in
      options.pathspec = git_strarray(strings: names.baseAddress, count: names.count)
      return try Library.make("read the status") { git_status_list_new(&$0, repository, &options) }
    }
    defer { git_status_list_free(list) }
    for index in 0..<git_status_list_entrycount(list) {
      guard let entry = git_status_byindex(list, index)?.pointee else { continue }
      let delta = entry.index_to_workdir ?? entry.head_to_index
      guard let path = delta?.pointee.new_file.path ?? delta?.pointee.old_file.path else { continue }
      try visit(try Library.path(path), entry.status.rawValue)
    }
  }

  /// Not in the working tree, or there and neither tracked any more nor to be added: `git rm --cached` on what is ignored.
  static func isGone(_ status: UInt32) -> Bool {
    status & GIT_STATUS_WT_DELETED.rawValue != 0
      || status & GIT_STATUS_INDEX_DELETED.rawValue != 0 && status & GIT_STATUS_WT_NEW.rawValue == 0
  }

  private static func kind(_ status: UInt32) -> FileChange.Kind {
    func has(_ flags: git_status_t...) -> Bool { flags.contains { status & $0.rawValue != 0 } }
    if has(GIT_STATUS_CONFLICTED) { return .conflicted }
    if has(GIT_STATUS_WT_DELETED, GIT_STATUS_INDEX_DELETED) { return .deleted }
    if has(GIT_STATUS_WT_NEW, GIT_STATUS_INDEX_NEW) { return .added }
    if has(GIT_STATUS_WT_TYPECHANGE, GIT_STATUS_INDEX_TYPECHANGE) { return .typeChanged }
    return .modified
  }

  package func hazards() throws(RepositoryError) -> [Hazard] {
    var hazards: [Hazard] = []
    if try isOn("core.sparsecheckout", unset: false) { hazards.append(.sparseCheckout) }
    let rules = try ruleFiles()
    for driver in try filterDrivers(rules) {
      let (clean, process) = (try setting("filter.\(driver).clean"), try setting("filter.\(driver).process"))
      if clean != nil || process != nil { hazards.append(.cleanFilter(driver: driver)) }
    }
    if let undone = try undoneIgnores(rules).first { hazards.append(undone) }
    if let path = try hiddenPath() { hazards.append(.hiddenFromStatus(path: path)) }
    if let operation = try operationInProgress() { hazards.append(.operationInProgress(operation)) }
    if let key = try uncheckedCertificates() { hazards.append(.certificateChecksOff(setting: key)) }
    let changed = try changedSetup()
    if !changed.isEmpty { hazards.append(.setupChanged(names: changed)) }
    return hazards
  }

  /// The paths of attributes and ignore files, sorted: all of them, and those that differ from HEAD.
  private struct RuleFiles {
    let all: [String]
    let changed: [String]
  }

  /// Those of HEAD are in the index, or differ from it: the index is one read, HEAD one for each of its folders.
  private func ruleFiles() throws(RepositoryError) -> RuleFiles {
    let names = ["gitattributes", "gitignore"]
    let changed = try changes().map(\.path).filter { path in names.contains { path.hasSuffix(".\($0)") } }
    let indexed = try with { repository throws(RepositoryError) in
      let index = try Library.make("open the index") { git_repository_index(&$0, repository) }
      defer { git_index_free(index) }
      return (0..<git_index_entrycount(index)).compactMap { number -> String? in
        guard let path = git_index_get_byindex(index, number)?.pointee.path, let name = strrchr(path, 46),
          names.contains(where: { strcmp(name + 1, $0) == 0 })
        else { return nil }
        return String(cString: path)
      }
    }
    return RuleFiles(all: Set(indexed + changed).sorted(), changed: changed)
  }

  /// The drivers that the attributes of HEAD, of the working tree and of the repository itself name (gitattributes(5));
  /// libgit2 would store what they should have changed.
  private func filterDrivers(_ rules: RuleFiles) throws(RepositoryError) -> [String] {
    func areAttributes(_ path: String) -> Bool { path == ".gitattributes" || path.hasSuffix("/.gitattributes") }
    let common = try with { repository throws(RepositoryError) in String(cString: git_repository_commondir(repository))
    }
    var texts = [Directory.contents(of: "\(common)info/attributes")]
    for path in rules.changed where areAttributes(path) { texts.append(Directory.contents(of: "\(root)/\(path)")) }
    if let commit = try head().commit {
      for path in rules.all where areAttributes(path) { texts.append(try content(of: path, at: commit) ?? []) }
    }
    let words = texts.flatMap { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace) }
    return Set(words.filter { $0.hasPrefix("filter=") }.map { String($0.dropFirst(7)) }).sorted()
  }

  /// libgit2 1.5 honours `!rule` only where the same file has the rule that it undoes.
  private func undoneIgnores(_ rules: RuleFiles) throws(RepositoryError) -> [Hazard] {
    guard case .branch(_, let commit) = try head() else { return [] }
    var undone: [Hazard] = []
    for path in rules.all where path.hasSuffix("/.gitignore") {
      var rules: [Glob] = []
      for line in String(decoding: try content(of: path, at: commit) ?? [], as: UTF8.self).split(
        whereSeparator: \.isNewline)
      {
        let rule = line.trimmed
        if rule.hasPrefix("!") {
          let name = rule.dropFirst().drop { $0 == "/" }
          if !rules.contains(where: { $0.matches(String(name)) }) {
            undone.append(.undoneIgnore(rule: rule, path: path))
          }
        } else if !rule.isEmpty, !rule.hasPrefix("#") {
          rules.append(Glob(String(rule.drop { $0 == "/" })))
        }
      }
    }
    return undone
  }

  /// The first file that the index hides from status; a sparse checkout hides most and is told of as such.
  private func hiddenPath() throws(RepositoryError) -> String? {
    if try isOn("core.sparsecheckout", unset: false) { return nil }
    return try with { repository throws(RepositoryError) in
      let index = try Library.make("open the index") { git_repository_index(&$0, repository) }
      defer { git_index_free(index) }
      try Library.check(git_index_read(index, 0), "read the index")
      for number in 0..<git_index_entrycount(index) {
        guard let entry = git_index_get_byindex(index, number)?.pointee else { continue }
        if UInt32(entry.flags) & GIT_INDEX_ENTRY_VALID.rawValue != 0
          || UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
        {
          return try Library.path(entry.path)
        }
      }
      return nil
    }
  }

  private func operationInProgress() throws(RepositoryError) -> String? {
    try with { repository throws(RepositoryError) in
      switch git_repository_state_t(UInt32(git_repository_state(repository))) {
      case GIT_REPOSITORY_STATE_NONE: nil
      case GIT_REPOSITORY_STATE_MERGE: "merge"
      case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: "revert"
      case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: "cherry-pick"
      case GIT_REPOSITORY_STATE_BISECT: "bisect"
      default: "rebase"
      }
    }
  }

  /// A setting such as `http.https://host.sslVerify=false`, which is stronger than what is said on a command line.
  private func uncheckedCertificates() throws(RepositoryError) -> String? {
    try with { repository throws(RepositoryError) in
      let configuration = try Library.make("read git's configuration") {
        git_repository_config_snapshot(&$0, repository)
      }
      defer { git_config_free(configuration) }
      let iterator = try Library.make("read git's configuration") {
        git_config_iterator_glob_new(&$0, configuration, "^http\\..*sslverify$")
      }
      defer { git_config_iterator_free(iterator) }
      var entry: UnsafeMutablePointer<git_config_entry>?
      while git_config_next(&entry, iterator) == 0, let found = entry?.pointee {
        var isOn: Int32 = 1
        let name = String(cString: found.name)
        if git_config_get_bool(&isOn, configuration, name) == 0, isOn == 0 { return name }
      }
      return nil
    }
  }
}
