import Foundation
import Glibc
import Testing

/// The program as a filter, with both of its pipes in our hands.
private final class Pipeline {
  private let process = Process()
  private let input: FileHandle
  private let output: FileHandle
  private let talk: FileHandle

  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    let (input, output, talk) = (Self.pipe(), Self.pipe(), Self.pipe())
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["redact"] + arguments
    process.environment = environment
    process.standardInput = input.read
    process.standardOutput = output.write
    process.standardError = talk.write
    try process.run()
    for end in [input.read, output.write, talk.write] { try end.close() }
    (self.input, self.output, self.talk) = (input.write, output.read, talk.read)
  }

  /// Sockets, since these can be made so that no other process that is started meanwhile holds their ends open.
  private static func pipe() -> (read: FileHandle, write: FileHandle) {
    var ends: [Int32] = [0, 0]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
    // A filter that says nothing fails the test instead of holding it up.
    var limit = timeval(tv_sec: 120, tv_usec: 0)
    for end in ends { setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size)) }
    return (FileHandle(fileDescriptor: ends[0]), FileHandle(fileDescriptor: ends[1]))
  }

  func write(_ bytes: [UInt8]) throws { try input.write(contentsOf: bytes) }
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Waits for as many bytes as a text has, and returns them.
  func read(like text: String) throws -> String {
    var data = Data()
    while data.count < text.utf8.count,
      let more = try output.read(upToCount: text.utf8.count - data.count), !more.isEmpty
    {
      data += more
    }
    return String(decoding: data, as: UTF8.self)
  }

  func closeOutput() throws { try output.close() }

  /// Ends its input and returns what is left of its output, what it said, and its status.
  func end() throws -> (output: [UInt8], talk: String, status: Int32) {
    try input.close()
    let rest = (try? output.readToEnd() ?? Data()) ?? Data()
    let said = try talk.readToEnd() ?? Data()
    process.waitUntilExit()
    return (Array(rest), String(decoding: said, as: UTF8.self), process.terminationStatus)
  }
}

@Suite struct `The filter` {
  private let secret = "p@ss/w\"rd-77 long"

  private func filtered(_ text: String, _ arguments: [String], environment: [String: String] = [:]) throws -> (
    output: String, talk: String, status: Int32
  ) {
    let pipeline = try Pipeline(arguments, environment: environment)
    try? pipeline.write(text)
    let end = try pipeline.end()
    return (String(decoding: end.output, as: UTF8.self), end.talk, end.status)
  }

  @Test func `hands on what is decided while its input is still open`() throws {
    let pipeline = try Pipeline(["--secret", "TOKEN"], environment: ["TOKEN": secret])
    try pipeline.write("no line end;")
    #expect(try pipeline.read(like: "no line end;") == "no line end;")
    try pipeline.write(" p@ss")
    #expect(try pipeline.read(like: " ") == " ")
    try pipeline.write("/w\"rd-77 long, ")
    #expect(try pipeline.read(like: "[redacted:TOKEN], ") == "[redacted:TOKEN], ")
    // What only began like a secret comes out when that is seen.
    try pipeline.write("p@ss")
    try pipeline.write("ing by;")
    #expect(try pipeline.read(like: "p@ssing by;") == "p@ssing by;")
    try pipeline.write(" p@ss/w\"rd-7")
    let end = try pipeline.end()
    #expect(String(decoding: end.output, as: UTF8.self) == " [redacted:TOKEN]")
    #expect(end.status == 0 && end.talk.isEmpty)
  }

  @Test func `masks every form, whatever bytes stand around`() throws {
    let forms = [
      Data(secret.utf8).base64EncodedString(), secret.utf8.map { String(format: "%02x", $0) }.joined(),
      secret.utf8.map { String(format: "%%%02X", $0) }.joined(), secret.replacing("\"", with: "\\\""),
    ]
    for form in [secret] + forms {
      let pipeline = try Pipeline(["--secret", "TOKEN"], environment: ["TOKEN": secret])
      try pipeline.write([0, 255] + Array(form.utf8).prefix(3))
      try pipeline.write(Array(form.utf8.dropFirst(3)) + [254, 0x0a])
      let end = try pipeline.end()
      #expect(end.output.starts(with: [0, 255] + Array("[redacted:TOKEN]".utf8)), "\(form)")
      #expect(end.output.suffix(2) == [254, 0x0a] && end.output.count <= 23)
    }
  }

  @Test func `takes secrets from files as people write them`() throws {
    let folder = NSTemporaryDirectory() + "waybill-redact-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = Data("\u{feff}# tokens\r\n\r\nA=first-value-1\r\n  export B='second value 2'\nC=a=b=c-value\nD=".utf8)
    try (file + [0xff, 0xfe, 0x80, 0x41, 0x42, 0x43, 0x44, 0x45]).write(to: URL(filePath: folder + "/.env"))
    let pipeline = try Pipeline(["-C", folder, "--secrets-file", ".env"])
    try pipeline.write("first-value-1 'second value 2' second value 2 a=b=c-value ")
    try pipeline.write([0xff, 0xfe, 0x80, 0x41, 0x42, 0x43, 0x44, 0x45])
    let end = try pipeline.end()
    #expect(
      String(decoding: end.output, as: UTF8.self)
        == "[redacted:A] [redacted:B] [redacted:B] [redacted:C] [redacted:D]")
    #expect(end.status == 0 && end.talk.isEmpty, "\(end.talk)")
  }

  @Test func `masks what has the format of a secret when asked to`() throws {
    let text = "one \(SampleSecret.token) two\nthree"
    #expect(
      try filtered(text, ["--rules"]).output == "one [redacted:github-personal-token] two\nthree")
    let (output, _, _) = try filtered(text, ["--secret", "W"], environment: ["W": "three-is-it"])
    #expect(output == text)
  }

  @Test(arguments: [
    ([], "nothing is to be masked; name a variable with --secret, a --secrets-file, or --rules"),
    (["--secret", "NOWHERE"], "the secret \"NOWHERE\" is not set; export it in your environment"),
    (["--secret", "EMPTY"], "the secret \"EMPTY\" is empty; give it a value"),
    (["--secret", "TINY"], "the secret \"TINY\" is shorter than 4 bytes and cannot be masked; use a longer one"),
    (["--secrets-file", "/nowhere/x"], "there is no file \"/nowhere/x\""),
    (["--secrets-file", "FILE:A=long enough\n just words"], ".env:2:2: is not written NAME=value"),
    (["--secrets-file", "FILE:=value"], ".env:1:1: is not written NAME=value"),
    (["--secrets-file", "FILE:\nPIN=123\n"], ".env:2:5: cannot be masked: the secret \"PIN\" is shorter than 4 bytes"),
    (["--secrets-file", "FILE:A=\n"], ".env:1:3: cannot be masked: the secret \"A\" is empty"),
  ])
  func `passes nothing when a secret cannot be used`(arguments: [String], words: String) throws {
    let folder = NSTemporaryDirectory() + "waybill-redact-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let arguments = try arguments.map { argument in
      guard argument.hasPrefix("FILE:") else { return argument }
      try argument.dropFirst(5).write(toFile: folder + "/.env", atomically: true, encoding: .utf8)
      return folder + "/.env"
    }
    let (output, talk, status) = try filtered("text", arguments, environment: ["EMPTY": "", "TINY": "abc"])
    #expect(output.isEmpty && status == 2)
    #expect(talk.contains(words), "\(talk)")
  }

  @Test func `warns of a short secret and masks it as a word`() throws {
    let (output, talk, status) = try filtered("pin 8642, 864200", ["--secret", "PIN"], environment: ["PIN": "8642"])
    #expect(output == "pin [redacted:PIN], 864200" && status == 0)
    #expect(talk.hasPrefix("warning: the secret \"PIN\" is shorter than 8 bytes"), "\(talk)")
  }

  @Test func `stops quietly when nobody reads any more`() throws {
    var status: Int32 = 0
    // Another test's child holds the closed end open until it has become its program: then it is tried again.
    for _ in 1...20 where status == 0 {
      let pipeline = try Pipeline(["--secret", "TOKEN"], environment: ["TOKEN": secret])
      try pipeline.write("a;")
      #expect(try pipeline.read(like: "a;") == "a;")
      try pipeline.closeOutput()
      try pipeline.write("b")
      let end = try pipeline.end()
      #expect(end.talk.isEmpty, "\(end.talk)")
      status = end.status
    }
    #expect(status == 5)
  }
}
