import CGit2
package import DeliveryLoop
package import Engine
import Glibc

/// Reads what was written into a repository's folder, past git's own view of what belongs to it.
package struct GitRemains: Remains {
  private let repository: GitRepository
  private let program: GitProgram
  /// Larger objects, in bytes, are left out.
  private static let limit = 32 << 20
  /// Of a log only this much of its end is read.
  private static let tail = 256 << 10
  /// The clock of files is behind by a tick of the kernel at the most; in nanoseconds.
  private static let slack: Int64 = 20_000_000

  package init(_ repository: GitRepository, commands: any Commands, environment: [String: String]) {
    self.repository = repository
    program = GitProgram(repository, commands: commands, environment: environment, timeout: .seconds(60))
  }

  package func look(since time: Timestamp, _ body: (Remnant) throws -> Void) throws {
    let (folder, common) = try repository.folders()
    for id in looseObjects(in: common, since: time) {
      try body(Remnant(place: Self.place(id), object: id, bytes: try repository.bytes(of: id, upTo: Self.limit)))
    }
    for folder in Set([folder, common]) {
      for path in files(in: folder, since: time) + files(below: "\(folder)/logs", since: time) {
        let place = path.hasPrefix(common) ? ".git\(path.dropFirst(common.count))" : path
        try body(Remnant(place: place, bytes: Self.end(of: path)))
      }
    }
  }

  package func remove(_ objects: [ObjectID], since time: Timestamp) async throws -> Set<ObjectID> {
    if objects.isEmpty { return [] }
    let answer = try await program.run(["prune", "--dry-run", "--expire=now"], with: [], in: repository.home)
    guard answer.succeeded else {
      throw RepositoryError.failed(doing: "look for unused objects", message: answer.reason)
    }
    let unused = Set(answer.lines.compactMap { ObjectID(String($0.prefix { $0 != " " })) })
    let common = try repository.folders().common
    let candidates = looseObjects(in: common, since: time).filter(unused.contains)
    var doomed = Set(objects).intersection(candidates)
    var grew = !doomed.isEmpty
    while grew {
      let more = try candidates.filter { id in
        try !doomed.contains(id) && repository.referents(of: id).contains(where: doomed.contains)
      }
      doomed.formUnion(more)
      grew = !more.isEmpty
    }
    return try doomed.filter { id in
      unlink("\(common)/\(Self.path(id))")
      return try !repository.has(id)
    }
  }

  private static func path(_ id: ObjectID) -> String { "objects/\(id.text.prefix(2))/\(id.text.dropFirst(2))" }
  private static func place(_ id: ObjectID) -> String { ".git/\(path(id))" }

  private func looseObjects(in common: String, since time: Timestamp) -> [ObjectID] {
    (0..<256).flatMap { number in
      let name = (number < 16 ? "0" : "") + String(number, radix: 16)
      return Self.entries("\(common)/objects/\(name)", since: time).compactMap { ObjectID(name + $0.name) }
    }
  }

  private func files(in folder: String, since time: Timestamp) -> [String] {
    // The index names files alone, and those are in its trees.
    Self.entries(folder, since: time).filter { $0.isFile && $0.name != "index" }.map { "\(folder)/\($0.name)" }
  }

  private func files(below folder: String, since time: Timestamp) -> [String] {
    Self.entries(folder, since: nil).flatMap { entry in
      let path = "\(folder)/\(entry.name)"
      if !entry.isFile { return files(below: path, since: time) }
      return Self.entry(path, since: time) == nil ? [] : [path]
    }
  }

  private static func entries(_ folder: String, since time: Timestamp?) -> [(name: String, isFile: Bool)] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var found: [(String, Bool)] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != "..", let isFile = Self.entry("\(folder)/\(name)", since: time) {
        found.append((name, isFile))
      }
    }
    return found
  }

  /// Whether it is a file, and no folder; nil for anything else, and for a file that was not written since.
  private static func entry(_ path: String, since time: Timestamp?) -> Bool? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return false
    case S_IFREG:
      guard let time else { return true }
      let (seconds, fraction) = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
      // Some file systems know whole seconds alone.
      if fraction == 0 { return seconds >= time.seconds ? true : nil }
      return seconds * 1_000_000_000 + fraction + slack >= time.nanoseconds ? true : nil
    case _: return nil
    }
  }

  private static func end(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return [] }
    let count = min(status.st_size, tail)
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(file, &bytes, count, status.st_size - count)
    return Array(bytes.prefix(max(0, read)))
  }
}
