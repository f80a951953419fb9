import Archives
import CArchive
import DeliveryLoop
import Engine
import Processes
import SecretScanning
import Support
import Testing

/// Files that are packed by a script of Python's, which has zip, tar, gzip, bzip2 and xz in its library.
final class Packer {
  let folder = TemporaryFolder()

  func bytes(_ script: String) async throws -> [UInt8] {
    let output = Collector()
    let command = Command(
      .program([
        "python3", "-c", "import bz2, gzip, io, lzma, tarfile, zipfile\n" + script + "\nopen('out', 'wb').write(out)",
      ]),
      in: folder.path, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], timeout: .seconds(60))
    let end = try await SystemCommands().run(command, output: output).end
    guard end == .exited(code: 0), let bytes = folder.read("out") else { throw Failed(text: output.text) }
    return bytes
  }

  struct Failed: Error { let text: String }
}

@Suite struct `Unpacking` {
  static let zip = """
    def pack(files, **more):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, 'w', zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items(): archive.writestr(name, content)
        return memory.getvalue()

    """

  /// Members as they come, and why no more came.
  private func unpack(_ bytes: [UInt8]) -> (members: [String], end: Unscanned.Reason?) {
    var members: [String] = []
    let end = LibArchive().unpack(bytes, within: UnpackBudget(forPacked: bytes.count)) { member in
      let text = String(decoding: member.content.bytes, as: UTF8.self)
      members.append("\(member.name): \(text)" + (member.content.problem.map { "(\($0))" } ?? ""))
    }
    return (members, end)
  }

  private func decompress(_ bytes: [UInt8]) -> Unpacked {
    LibArchive().decompress(bytes, within: UnpackBudget(forPacked: bytes.count))
  }

  @Test(arguments: [
    "gzip.compress(text)", "bz2.compress(text)", "lzma.compress(text)", "gzip.compress(bz2.compress(text))",
    "gzip.compress(text[:2]) + gzip.compress(text[2:])",
  ])
  func `gives what a compressed file holds, also when that looks like an archive`(expression: String) async throws {
    for text in ["hello", "", "PK\u{3}\u{4}", String(repeating: "\0", count: 2000) + "hello"] {
      let literal = text.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let bytes = try await Packer().bytes("text = b'\(literal)'\nout = \(expression)")
      #expect(decompress(bytes) == Unpacked(Array(text.utf8)))
    }
  }

  @Test func `gives the files of a zip archive, whatever their names`() async throws {
    let bytes = try await Packer().bytes(
      Self.zip + "out = b'#!/bin/sh\\n' + pack({'a': 'one', 'd/': '', 'd/ä\\nb': 'two'})")
    let unpacked = unpack(bytes)
    #expect(unpacked.members == ["a: one", "d/: ", "d/ä\nb: two"])
    #expect(unpacked.end == nil)
  }

  @Test func `gives files and links of a tar archive`() async throws {
    let bytes = try await Packer().bytes(
      """
      memory = io.BytesIO()
      with tarfile.open(fileobj=memory, mode='w') as archive:
          file = tarfile.TarInfo('a/ä'); file.size = 5
          archive.addfile(file, io.BytesIO(b'hello'))
          for kind, name in ((tarfile.SYMTYPE, 's'), (tarfile.LNKTYPE, 'h')):
              link = tarfile.TarInfo(name); link.type = kind; link.linkname = 'to/ä'
              archive.addfile(link)
          pipe = tarfile.TarInfo('p'); pipe.type = tarfile.FIFOTYPE
          archive.addfile(pipe)
      out = memory.getvalue()
      """)
    let unpacked = unpack(bytes)
    #expect(unpacked.members == ["a/ä: hello", "s: to/ä", "h: to/ä", "p: "])
    #expect(unpacked.end == nil)
  }

  @Test func `gives the files of a 7z archive`() throws {
    let unpacked = unpack(try SevenZip.bytes(["a": "hello"]))
    #expect(unpacked.members == ["a: hello"])
    #expect(unpacked.end == nil)
  }

  @Test func `names what is encrypted and gives the rest`() async throws {
    // The flag alone makes it so: bit 0 of both headers of the first file (APPNOTE 4.4.4).
    let bytes = try await Packer().bytes(
      Self.zip
        + """
        out = bytearray(pack({'a': 'x' * 40, 'b': 'plain'}))
        out[6] |= 1
        out[out.index(b'PK\\x01\\x02') + 8] |= 1
        """)
    let unpacked = unpack(bytes)
    #expect(unpacked.members == ["a: (encrypted)", "b: plain"])
    #expect(unpacked.end == nil)
  }

  @Test func `stops at a bomb, in bytes and in members`() async throws {
    let bomb = decompress(try await Packer().bytes("out = gzip.compress(bytes(64 << 20))"))
    #expect(bomb.problem == .unpacksToTooMuch)
    #expect(bomb.bytes.count <= 17 << 20)
    let large = unpack(try await Packer().bytes(Self.zip + "out = pack({'a': bytes(64 << 20), 'b': ''})"))
    #expect(large.end == .unpacksToTooMuch)
    #expect(large.members.count == 1)
    let many = unpack(try await Packer().bytes(Self.zip + "out = pack({str(n): '' for n in range(10_001)})"))
    #expect(many.end == .unpacksToTooMuch)
    #expect(many.members.count == 10_000)
  }

  @Test func `gives what stands before the damage, and says that it is damaged`() async throws {
    let packer = Packer()
    let gzip = try await packer.bytes("import random\nout = gzip.compress(random.Random(7).randbytes(100_000))")
    for count in [3, 5, 12, gzip.count / 2, gzip.count - 20] {
      let cut = decompress(Array(gzip[..<count]))
      #expect(cut.problem != nil, "\(count)")
      #expect(cut.bytes.count < 100_000)
    }
    #expect(decompress(Array(gzip[..<(gzip.count - 20)])).bytes.count > 0)
    let zip = try await packer.bytes(Self.zip + "out = pack({'a': 'one', 'b': 'two'})")
    for count in 0..<zip.count {
      let cut = unpack(Array(zip[..<count]))
      // What is cut off may be the list of members alone.
      #expect(cut.end != nil || cut.members == ["a: one", "b: two"], "\(count)")
    }
    #expect(unpack(Array("PK\u{3}\u{4}, which it is not".utf8)).end != nil)
  }

  @Test func `survives bytes that anybody has turned around`() async throws {
    let packer = Packer()
    let zip = try await packer.bytes(Self.zip + "out = pack({'a': 'one' * 100, 'b': 'two'})")
    for bytes in [zip, try SevenZip.bytes(["a": String(repeating: "hello ", count: 100)])] {
      for index in bytes.indices {
        var changed = bytes
        changed[index] ^= 0xff
        _ = unpack(changed)
        _ = decompress(changed)
      }
    }
  }
}

/// Writes 7z archives, for which Python has nothing.
enum SevenZip {
  struct Failed: Error { let message: String }

  static func bytes(_ files: [String: String]) throws -> [UInt8] {
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    archive_write_set_format_7zip(archive)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var used = 0
    let code = bytes.withUnsafeMutableBytes { buffer in
      archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
      for (name, text) in files {
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_size(entry, Int64(text.utf8.count))
        archive_entry_set_mode(entry, 0o100644)
        archive_write_header(archive, entry)
        _ = Array(text.utf8).withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      }
      return archive_write_close(archive)
    }
    guard code == ARCHIVE_OK else { throw Failed(message: String(cString: archive_error_string(archive))) }
    return Array(bytes[..<used])
  }
}
