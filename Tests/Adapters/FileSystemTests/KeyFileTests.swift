import Engine
import FileSystem
import Glibc
import Support
import Testing

@Suite struct `A key file` {
  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func `is made once, private, with its folders`() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/state/waybill/key"
    let key = try KeyFile(at: path).key()
    #expect(key.count == 64)
    #expect(try KeyFile(at: path).key() == key)
    #expect(mode(path) == 0o600)
    #expect(mode("\(folder.path)/state/waybill") == 0o700)
    #expect(folder.names(in: "state/waybill") == ["key"])
    #expect(try KeyFile(at: "\(folder.path)/other").key() != key)
  }

  @Test func `is the same for all who ask for it at once`() async throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/key"
    let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<20 { group.addTask { try KeyFile(at: path).key() } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
  }

  @Test func `that others can read, or that holds no key, is refused`() {
    let folder = TemporaryFolder()
    folder.write(String(repeating: "a", count: 64), to: "open", mode: 0o644)
    folder.write("short\n", to: "short", mode: 0o600)
    for name in ["open", "short"] {
      #expect(throws: FingerprintKeyError.self) { try KeyFile(at: "\(folder.path)/\(name)").key() }
    }
  }
}
