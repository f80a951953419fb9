import Codings
import JSONText
import LiveChecks

/// A request as it is compared with another: taken apart, with blanks in the place of what is not known yet.
struct RequestShape {
  let method: String
  let origin: String
  /// The path between its slashes, dots resolved where the transport does so; blanks stay within one part.
  let path: [ShapedText]
  /// The fields of the query as they stand there; nil without a question mark.
  let query: [ShapedText]?
  let headers: [(name: String, value: ShapedText)]
  let cookies: [ShapedText]
  let body: BodyShape
  /// Whether the path can mean one thing to us and another to a server.
  let isAmbiguous: Bool
  /// Whether options lead the request to another place than its address says.
  let isRerouted: Bool

  /// Why a request cannot be taken apart; fits after "the request".
  struct Fault: Error {
    let wording: String
  }

  init(_ request: HTTPRequest, _ blanks: Blanks) throws(Fault) {
    method = request.method
    let end = request.url.firstRange(of: "://").map(\.upperBound) ?? request.url.startIndex
    guard let address = Address(request.url),
      !request.url[end...].prefix(while: { $0 != "/" && $0 != "?" }).contains("\\")
    else { throw Fault(wording: "has an address whose host can be read in two ways: \"\(blanks.shown(request.url))\"") }
    guard !blanks.contained(in: address.origin) else {
      throw Fault(
        wording: "goes to a host that is not known before it is sent: \"\(blanks.shown(address.origin))\"; write it out"
      )
    }
    origin = address.origin
    // Without dots where the transport takes them out; where it leaves them, servers do.
    let isDotted = address.path.split(separator: "/").contains { $0 == "." || $0 == ".." }
    let path = Address.withoutDots(address.path)
    self.path = Self.parts(path, "/").map { ShapedText($0, blanks) }
    query = Self.query(of: request.url).map { Self.parts($0, "&").map { ShapedText($0, blanks) } }
    let lower = path.lowercased()
    isAmbiguous =
      lower.contains("//") || lower.contains("\\") || ["%2f", "%5c", "%2e", "%00", ";"].contains { lower.contains($0) }
      || (isDotted && request.options.pathAsIs)
    let options = request.options
    isRerouted =
      options.unixSocket != nil || options.proxy != nil
      || (address.scheme == "http" && !(options.resolve.isEmpty && options.connectTo.isEmpty))
    let boundary = Self.boundary(of: request)
    headers = request.headers.filter { $0.name.lowercased() != "cookie" }.map { header in
      (header.name, ShapedText(Self.comparable(header, boundary), blanks))
    }
    cookies = request.headers.filter { $0.name.lowercased() == "cookie" }.flatMap { header in
      header.value.split(separator: ";").map { ShapedText(String($0.drop { $0 == " " }), blanks) }
    }
    body = BodyShape(Self.comparable(request.body, boundary), blanks)
  }

  /// The methods that a server may take it for.
  var methods: [String] {
    let overrides = ["x-http-method-override", "x-http-method", "x-method-override"]
    return [method] + headers.filter { overrides.contains($0.name.lowercased()) }.map { $0.value.literal ?? "" }
  }

  private static func parts(_ text: String, _ separator: Character) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }

  private static func query(of url: String) -> String? {
    url.firstIndex(of: "?").map { String(url[url.index(after: $0)...].prefix { $0 != "#" }) }
  }

  /// Base64 hides blanks: credentials are compared as they are before it.
  private static func comparable(_ header: HTTPHeader, _ boundary: String?) -> String {
    let name = header.name.lowercased()
    if name == "authorization", header.value.hasPrefix("Basic "),
      let bytes = Base64.decode(String(header.value.dropFirst(6))), let text = String(validating: bytes, as: UTF8.self)
    {
      return "Basic \(text)"
    }
    guard name == "content-type", let boundary else { return header.value }
    return header.value.split(separator: boundary, omittingEmptySubsequences: false).joined(separator: "boundary")
  }

  /// The boundary of a body of several parts follows from its content: it says nothing by itself.
  private static func comparable(_ body: [UInt8]?, _ boundary: String?) -> [UInt8]? {
    guard let body, let boundary else { return body }
    return Array(
      body.split(separator: Array(boundary.utf8), omittingEmptySubsequences: false).joined(
        separator: Array("boundary".utf8)))
  }

  private static func boundary(of request: HTTPRequest) -> String? {
    let type = request.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
    // Of those that are made for a body, and not of one that the validation writes itself.
    let start = "multipart/form-data; boundary="
    guard type.hasPrefix(start + MultipartBody.boundaryStart) else { return nil }
    return String(type.dropFirst(start.count))
  }
}
