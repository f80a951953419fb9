/// The request to which a response leads (RFC 9110, section 15.4).
struct Redirect {
  private let original: HTTPRequest
  private let url: String
  private let keepsMethod: Bool
  private let isSameOrigin: Bool

  /// nil when the response leads nowhere.
  init?(of request: HTTPRequest, _ response: HTTPResponse) {
    guard [301, 302, 303, 307, 308].contains(response.status), let location = response.values(of: "Location").first,
      let from = Address(request.url)
    else { return nil }
    original = request
    url = Percent.clean(from.resolve(location.trimmed))
    keepsMethod = response.status == 307 || response.status == 308 || ["GET", "HEAD"].contains(request.method)
    isSameOrigin = Address(url)?.origin == from.origin
  }

  /// - Parameter isTrusted: whether credentials go along to another origin.
  func request(with cookies: CookieStore, isTrusted: Bool) -> HTTPRequest {
    // Credentials stay with the server for which they were meant.
    let credentials: Set<String> =
      isSameOrigin || isTrusted ? ["cookie"] : ["cookie", "authorization", "proxy-authorization", "host"]
    let ofBody: Set<String> = ["content-type", "content-length", "content-encoding"]
    var headers = original.headers.filter { header in
      let name = header.name.lowercased()
      return !credentials.contains(name) && (keepsMethod || !ofBody.contains(name))
    }
    let pairs = cookies.pairs(for: url)
    if !pairs.isEmpty { headers.append(HTTPHeader(name: "Cookie", value: pairs.joined(separator: "; "))) }
    return HTTPRequest(
      method: keepsMethod ? original.method : "GET", url: url, headers: headers,
      body: keepsMethod ? original.body : nil, options: options(isTrusted))
  }

  private func options(_ isTrusted: Bool) -> TransferOptions {
    var options = original.options
    if !isSameOrigin, !isTrusted { options.credentials = nil }
    return options
  }
}
