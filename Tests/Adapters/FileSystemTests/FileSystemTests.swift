import Engine
import FileSystem
import Foundation
import Support
import Synchronization
import Testing

@Suite struct `The private folder` {
  let folder = TemporaryFolder()

  @Test func `is for its user alone and hidden from git`() throws {
    let path = "\(folder.path)/.waybill"
    let made = try PrivateFolder(at: path)
    let file = try made.write(Array("brief".utf8), named: "brief.md")
    #expect(try mode(path) == 0o700)
    #expect(try mode(file) == 0o600)
    #expect(try String(contentsOfFile: "\(path)/.gitignore", encoding: .utf8) == "*\n")
    _ = try made.write(Array("new".utf8), named: "brief.md")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [".gitignore", "brief.md"])
  }

  @Test func `follows no link that somebody has put there`() throws {
    let made = try PrivateFolder(at: "\(folder.path)/.waybill")
    let precious = "\(folder.path)/precious"
    try "keep me".write(toFile: precious, atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: "\(made.path)/brief.md.new-\(getpid())", withDestinationPath: precious)
    #expect(throws: ScratchError.self) { try made.write(Array("x".utf8), named: "brief.md") }
    #expect(try String(contentsOfFile: precious, encoding: .utf8) == "keep me")
  }

  @Test func `is refused where somebody has put a link, and closed where it stands open`() throws {
    let path = "\(folder.path)/.waybill"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    _ = try PrivateFolder(at: path)
    #expect(try mode(path) == 0o700)
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(throws: ScratchError(path: link, message: "it is a link or a file; remove it")) {
      try PrivateFolder(at: link)
    }
  }

  @Test func `loses what a process that is gone was about to write, and nobody else's drafts`() throws {
    let path = "\(folder.path)/.waybill"
    _ = try PrivateFolder(at: path)
    // No process can have that number (proc_sys_kernel(5), pid_max).
    for name in ["a.md.new-2147483647", "b.md.new-\(getpid())", "c.md"] { folder.write([1], to: ".waybill/\(name)") }
    _ = try PrivateFolder(at: path)
    let left = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(left == [".gitignore", "b.md.new-\(getpid())", "c.md"])
  }

  @Test func `that cannot be made is named`() {
    #expect { try PrivateFolder(at: "/proc/nowhere") } throws: { ($0 as? ScratchError)?.path == "/proc/nowhere" }
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}

@Suite struct `The lock of a working tree` {
  let folder = TemporaryFolder()

  @Test func `is held by one, who is named to all others, and is free when that one is gone`() throws {
    let path = "\(folder.path)/lock"
    do {
      guard case .taken(let lock) = try WorkspaceLock.take(path, as: "process 1, delivering a") else {
        return #expect(Bool(false))
      }
      guard case .held(let holder) = try WorkspaceLock.take(path, as: "process 2") else { return #expect(Bool(false)) }
      #expect(holder == "process 1, delivering a")
      withExtendedLifetime(lock) {}
    }
    guard case .taken = try WorkspaceLock.take(path, as: "process 3") else { return #expect(Bool(false)) }
  }

  @Test func `is known to be held or free, and whoever asks keeps nobody from taking it`() async throws {
    let path = "\(folder.path)/lock"
    #expect(!WorkspaceLock.isHeld(path))
    #expect(!FileManager.default.fileExists(atPath: path))
    let asking = Asking()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while !asking.isOver { _ = WorkspaceLock.isHeld(path) }
      }
      for _ in 0..<2_000 {
        guard case .taken(let lock) = try WorkspaceLock.take(path, as: "process 1") else {
          asking.end()
          return #expect(Bool(false), "refused for the sake of one who asks")
        }
        #expect(WorkspaceLock.isHeld(path))
        withExtendedLifetime(lock) {}
      }
      asking.end()
      try await group.waitForAll()
    }
    #expect(!WorkspaceLock.isHeld(path))
  }

  @Test func `is free at once also while a child that is being started has a copy of its file`() throws {
    let path = "\(folder.path)/lock"
    var copies: [Int32] = []
    defer { for copy in copies { close(copy) } }
    do {
      guard case .taken(let lock) = try WorkspaceLock.take(path, as: "process 1") else { return #expect(Bool(false)) }
      let links = "/proc/self/fd"
      let numbers = try FileManager.default.contentsOfDirectory(atPath: links).filter {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(links)/\($0)")) == path
      }
      copies = numbers.compactMap { Int32($0) }.map { dup($0) }
      withExtendedLifetime(lock) {}
    }
    #expect(copies.count == 1)
    guard case .taken = try WorkspaceLock.take(path, as: "process 2") else { return #expect(Bool(false)) }
  }
}

/// Lets one who asks again and again know when it is enough.
private final class Asking: Sendable {
  private let state = Mutex(false)
  var isOver: Bool { state.withLock(\.self) }
  func end() { state.withLock { $0 = true } }
}
