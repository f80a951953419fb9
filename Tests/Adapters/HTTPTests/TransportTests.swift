import DeliveryLoop
import Engine
import Foundation
import HTTP
import LiveChecks
import Processes
import Support
import Synchronization
import Testing

@Suite struct `The transport` {
  @Test func `gives back status, reason, headers in their order and the body`() async throws {
    try await withServer { server in
      let response = try await server.get("/headers")
      #expect(response.version == "1.1")
      #expect(response.status == 203)
      #expect(response.reason == "Non-Authoritative Information")
      #expect(response.headers.filter { $0.name == "X-Twice" }.map(\.value) == ["one", "two"])
      #expect(response.headers.contains(HTTPHeader(name: "X-Empty", value: "")))
      #expect(response.body == Array("hello".utf8))
      #expect(response.peer == "127.0.0.1:\(server.port)")
      #expect(response.duration > .zero)
    }
  }

  @Test func `sends what the request says, and nothing of its own but what HTTP needs`() async throws {
    try await withServer { server in
      let body = try await server.send(
        HTTPRequest(
          method: "POST", url: server.url("/echo"),
          headers: [HTTPHeader(name: "X-Empty", value: ""), HTTPHeader(name: "X-A", value: "b")],
          body: Array("a=1\u{0}é".utf8)))
      let text = String(decoding: body.body, as: UTF8.self).lowercased()
      #expect(
        text.contains("post /echo") && text.contains("x-a: b") && text.contains("x-empty: ")
          && text.hasSuffix("a=1\u{0}é"))
      #expect(!text.contains("content-type") && !text.contains("expect:"))
      let empty = try await server.send(HTTPRequest(method: "POST", url: server.url("/echo")))
      #expect(String(decoding: empty.body, as: UTF8.self).lowercased().contains("content-length: 0"))
    }
  }

  @Test func `decodes what it asked to be compressed, and takes chunks and heads`() async throws {
    try await withServer { server in
      let options = TransferOptions(compressed: true)
      #expect(
        try await server.send(HTTPRequest(method: "GET", url: server.url("/gzip"), options: options)).body
          == Array("hello".utf8))
      #expect(try await server.get("/chunked").body == Array("hello".utf8))
      let head = try await server.send(HTTPRequest(method: "HEAD", url: server.url("/headers")))
      #expect(head.status == 203 && head.body.isEmpty)
    }
  }

  @Test(arguments: ["/gzip", "/zlib", "/br", "/zstd", "/twice"])
  func `decodes what nobody asked to be compressed`(path: String) async throws {
    try await withServer { server in
      let response = try await server.get(path)
      #expect(response.body == Array("hello".utf8))
      #expect(response.undecoded == nil)
      let echo = try await server.send(HTTPRequest(method: "POST", url: server.url("/echo")))
      #expect(!String(decoding: echo.body, as: UTF8.self).lowercased().contains("accept-encoding"))
    }
  }

  @Test func `takes a body that it cannot decode as it is, and says so`() async throws {
    try await withServer { server in
      let response = try await server.get("/unknown")
      #expect(response.undecoded == "rot13")
      #expect(response.body == Array("hello".utf8))
      // The handle that received it decodes again.
      #expect(try await server.get("/gzip").body == Array("hello".utf8))
      let broken = try await server.transport.failure(of: HTTPRequest(method: "GET", url: server.url("/broken")))
      #expect(broken.kind == .other)
    }
  }

  @Test func `joins what a header was folded into`() async throws {
    try await withServer { server in
      let headers = try await server.get("/folded").headers
      #expect(headers.contains(HTTPHeader(name: "X-Long", value: "one two: 2 three")))
    }
  }

  @Test func `takes the way that the options of a request name`() async throws {
    try await withServer { server in
      var options = TransferOptions()
      options.resolve = ["elsewhere.test:\(server.port):127.0.0.1"]
      options.pathAsIs = true
      options.httpVersion = .http10
      let url = "http://elsewhere.test:\(server.port)/a/../echo"
      let response = try await server.send(HTTPRequest(method: "POST", url: url, options: options))
      let text = String(decoding: response.body, as: UTF8.self)
      #expect(text.lowercased().contains("post /a/../echo http/1.0"), "\(text)")
      options = TransferOptions()
      options.connectTo = ["elsewhere.test:80:127.0.0.1:\(server.port)"]
      let other = HTTPRequest(method: "GET", url: "http://elsewhere.test/headers", options: options)
      #expect(try await server.send(other).status == 203)
      options.connectTo = []
      options.proxy = "http://127.0.0.1:\(server.port)"
      let asked = try await server.send(HTTPRequest(method: "GET", url: "http://x.test/y", options: options))
      #expect(asked.body == Array("http://x.test/y".utf8))
    }
  }

  @Test func `follows no redirect by itself`() async throws {
    try await withServer { server in
      let response = try await server.get("/redirect")
      #expect(response.status == 302)
    }
  }

  @Test func `tells failures by their kind`() async throws {
    let nobody = try await CurlTransport(caFile: nil).failure(
      of: HTTPRequest(method: "GET", url: "http://127.0.0.1:1/"))
    #expect(nobody.kind == .connect)
    let file = try await CurlTransport(caFile: nil).failure(of: HTTPRequest(method: "GET", url: "file:///etc/passwd"))
    #expect(file.kind == .unsupported)
    let name = try await CurlTransport(caFile: nil).failure(
      of: HTTPRequest(method: "GET", url: "http://no-such-host.invalid/"))
    #expect(name.kind == .resolve)
    try await withServer { server in
      let options = TransferOptions(maxTime: .milliseconds(200))
      let silent = try await server.transport.failure(
        of: HTTPRequest(method: "GET", url: server.url("/silent"), options: options))
      #expect(silent.kind == .timeout)
      let large = try await server.transport.failure(of: HTTPRequest(method: "GET", url: server.url("/large")))
      #expect(large.kind == .tooLarge)
    }
  }

  @Test func `ends a transfer whose task is cancelled`() async throws {
    try await withServer { server in
      let task = Task { try await server.transport.failure(of: HTTPRequest(method: "GET", url: server.url("/silent"))) }
      while !server.output.text.contains("/silent") { try await ContinuousClock().sleep(for: .milliseconds(5)) }
      task.cancel()
      #expect(try await task.value.kind == .interrupted)
    }
  }

  @Test(arguments: [("", "TLSv1.3"), ("1.2", "TLSv1.2")])
  func `tells what was negotiated, and the chain that was shown, for each answer`(
    asked: String, version: String
  ) async throws {
    try await withServer(tls: true, version: asked) { server in
      let transport = CurlTransport(caFile: "\(server.folder)/ca.pem")
      let request = HTTPRequest(method: "GET", url: "https://localhost:\(server.port)/headers")
      guard case .response(let first) = await transport.send(request),
        case .response(let second) = await transport.send(request)
      else {
        Issue.record("it did not answer twice")
        return
      }
      let tls = try #require(first.tls)
      #expect(second.tls == tls, "over the same connection")
      #expect(tls.version == version && tls.cipher.contains("AES"), "\(tls.cipher)")
      #expect(tls.chain.map(\.subject) == ["CN=localhost", "C=DE, O=Größe, CN=between"])
      #expect(tls.chain.map(\.issuer) == ["C=DE, O=Größe, CN=between", "CN=test-ca"])
      let told = try await SystemCommands().output(
        "openssl x509 -in leaf.pem -noout -fingerprint -sha256 -serial; openssl x509 -in leaf.pem -outform der | sha256sum",
        in: server.folder)
      let leaf = tls.chain[0]
      #expect(told.lowercased().replacing(":", with: "").contains("fingerprint=\(leaf.sha256)"), "\(told)")
      #expect(told.lowercased().contains("serial=\(leaf.serialNumber)"), "\(told) \(leaf.serialNumber)")
      #expect(leaf.start < leaf.end && leaf.end.hasSuffix("Z") && leaf.end.contains("T"), "\(leaf.end)")
      #expect(leaf.der.count > 300)
    }
    try await withServer { server in
      let plain = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/headers")
      guard case .response(let response) = await CurlTransport(caFile: nil).send(plain) else { return }
      #expect(response.tls == nil)
    }
  }

  @Test func `trusts the CA it is given and no other, for the name in the certificate alone`() async throws {
    try await withServer(tls: true) { server in
      let address = "https://localhost:\(server.port)/headers"
      let untrusted = try await CurlTransport(caFile: nil).failure(of: HTTPRequest(method: "GET", url: address))
      #expect(untrusted.kind == .tls)
      let trusting = CurlTransport(caFile: "\(server.folder)/ca.pem")
      guard case .response(let response) = await trusting.send(HTTPRequest(method: "GET", url: address)) else {
        Issue.record("the right CA was not enough")
        return
      }
      #expect(response.status == 203)
      let shown = try #require(response.certificate)
      #expect(shown.subject == "CN=localhost")
      #expect(shown.start < shown.expiry)
      // Over the same connection, where nothing is shown again.
      guard case .response(let next) = await trusting.send(HTTPRequest(method: "GET", url: address)) else {
        Issue.record("it did not answer twice")
        return
      }
      #expect(next.certificate == shown)
      let otherName = try await trusting.failure(
        of: HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/headers"))
      #expect(otherName.kind == .tls)
    }
  }
}

extension CurlTransport {
  func failure(of request: HTTPRequest) async throws -> TransferFailure {
    guard case .failure(let failure) = await send(request) else { throw Unexpected() }
    return failure
  }

  struct Unexpected: Error {}
}
