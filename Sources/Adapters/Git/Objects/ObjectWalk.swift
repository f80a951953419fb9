import CGit2
import DeliveryLoop
import Engine
import Glibc
import SecretScanning

/// Walks through commits and trees and lists what is to be looked at.
struct ObjectWalk {
  var items: [ScanItem] = []
  let repository: OpaquePointer
  private let objects: GitObjects
  /// Whether the same content under several names is listed under the first alone.
  private let once: Bool
  private var seen: Set<PackedID> = []
  private var names: Set<String> = []
  private var people: Set<[UInt8]> = []

  init(_ repository: OpaquePointer, objects: GitObjects, once: Bool) {
    self.repository = repository
    self.objects = objects
    self.once = once
  }

  mutating func everything() throws(RepositoryError) {
    var tips: [ObjectID] = []
    for name in try references() { if let tip = try reference(name) { tips.append(tip) } }
    try commits(tips, except: [])
  }

  mutating func tree(_ new: ObjectID, since old: ObjectID) {
    visit(PackedID(new), since: [PackedID(old)], in: nil)
  }

  /// What each commit has that none of its parents has; the first that has it is the one that it is found in.
  mutating func commits(_ tips: [ObjectID], except: [ObjectID]) throws(RepositoryError) {
    for id in try CommitOrder(repository).oldestFirst(tips, except: except) {
      let commit = id.id
      guard let bytes = object(id, ScanPlace(.message, in: commit)) else { continue }
      let parts = CommitParts(bytes)
      for (header, part) in parts.people where people.insert(header).inserted {
        items.append(ScanItem(ScanPlace(part, in: commit), bytes: header))
      }
      if !parts.others.isEmpty { items.append(ScanItem(ScanPlace(.header, in: commit), bytes: parts.others)) }
      items.append(ScanItem(ScanPlace(.message, in: commit), bytes: parts.message))
      guard let tree = parts.tree else { continue }
      // With nothing left out, whatever a parent has was seen with it.
      let parents = except.isEmpty ? [] : parts.parents.compactMap { self.tree(of: $0) }
      visit(tree, since: parents, in: commit)
    }
  }

  mutating func isNew(_ id: PackedID) -> Bool { seen.insert(id).inserted || !once }

  /// nil for a commit that is not here: then all of the tree counts.
  private func tree(of commit: PackedID) -> PackedID? {
    guard case .success(let bytes) = GitObjects.read(commit, in: repository) else { return nil }
    return CommitParts(bytes).tree
  }

  /// nil for an object that cannot be read, which is noted.
  mutating func object(_ id: PackedID, _ place: ScanPlace) -> [UInt8]? {
    switch GitObjects.read(id, in: repository) {
    case .success(let bytes): return bytes
    case .failure(let reason):
      leaveOut(place, reason)
      return nil
    }
  }

  private mutating func leaveOut(_ place: ScanPlace, _ reason: Unscanned.Reason) {
    items.append(ScanItem(place) { () throws(Unscanned.Reason) in throw reason })
  }

  /// Folders are nested no deeper than this in anything that can be checked out.
  private static let deepest = 512

  mutating func visit(
    _ tree: PackedID, since old: [PackedID], in commit: ObjectID?, under folder: [UInt8] = [], depth: Int = 0
  ) {
    guard !old.contains(tree), isNew(tree) else { return }
    let place = ScanPlace(.file(String(decoding: folder, as: UTF8.self)), in: commit)
    guard depth < Self.deepest else { return leaveOut(place, .nestedTooDeep) }
    guard let bytes = object(tree, place) else { return }
    let before = old.map { tree in
      let entries = TreeEntry.list((try? GitObjects.read(tree, in: repository).get()) ?? [])
      return Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    for entry in TreeEntry.list(bytes) {
      let earlier = before.compactMap { $0[entry.name] }
      if earlier.contains(where: { $0.id == entry.id && $0.kind == entry.kind }) { continue }
      let path = folder.isEmpty ? Array(entry.name) : folder + [UInt8(ascii: "/")] + entry.name
      if entry.kind == .tree {
        visit(
          entry.id, since: earlier.filter { $0.kind == .tree }.map(\.id), in: commit, under: path, depth: depth + 1)
      } else {
        add(entry.id, entry.kind, String(decoding: path, as: UTF8.self), in: commit)
      }
    }
  }

  mutating func add(_ id: PackedID, _ kind: TreeEntry.Kind, _ path: String, in commit: ObjectID? = nil) {
    let place = ScanPlace(.file(path), in: commit)
    let isNewName = names.insert(path).inserted
    guard isNew(id) else {
      if isNewName { items.append(ScanItem(place)) }
      return
    }
    let objects = objects
    items.append(
      ScanItem(place) { () throws(Unscanned.Reason) in
        if kind == .submodule { throw .submodule }
        return try objects.content(of: id)
      })
  }

  /// What differs from HEAD, conflicts with all their sides.
  mutating func index() throws(RepositoryError) {
    let index = try Library.make("open the index") { git_repository_index(&$0, repository) }
    defer { git_index_free(index) }
    try Library.check(git_index_read(index, 1), "read the index")
    var head: OpaquePointer?
    defer { git_object_free(head) }
    let code = git_revparse_single(&head, repository, "HEAD^{tree}")
    if code != GIT_ENOTFOUND.rawValue { try Library.check(code, "read HEAD") }
    var options = git_diff_options()
    try Library.check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "compare the index")
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue
    let diff = try Library.make("compare the index with HEAD") {
      git_diff_tree_to_index(&$0, repository, head, index, &options)
    }
    defer { git_diff_free(diff) }
    for number in 0..<git_diff_num_deltas(diff) {
      guard let delta = git_diff_get_delta(diff, number)?.pointee, let path = delta.new_file.path,
        delta.status != GIT_DELTA_DELETED, delta.status != GIT_DELTA_CONFLICTED
      else { continue }
      staged(delta.new_file.id, UInt32(delta.new_file.mode), path)
    }
    for number in 0..<git_index_entrycount(index) {
      guard let entry = git_index_get_byindex(index, number), git_index_entry_stage(entry) > 0 else { continue }
      staged(entry.pointee.id, entry.pointee.mode, entry.pointee.path)
    }
  }

  private mutating func staged(_ id: git_oid, _ mode: UInt32, _ path: UnsafePointer<CChar>) {
    let kind: TreeEntry.Kind = mode == GIT_FILEMODE_COMMIT.rawValue ? .submodule : .blob
    add(PackedID(id), kind, String(cString: path))
  }
}
