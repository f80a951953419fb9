import CCurl
import Glibc
import LiveChecks

/// One libcurl easy handle with the connections that it keeps; lent to one thread at a time.
final class CurlHandle: @unchecked Sendable {
  private let curl = curl_easy_init()
  private var certificates = ShownCertificates()
  private let sessions = TLSSessions()

  deinit { curl_easy_cleanup(curl) }

  func perform(_ request: HTTPRequest, caFile: String?, isCancelled: Flag) -> TransferOutcome {
    guard let curl else { return .failure(TransferFailure(kind: .other, message: "libcurl could not be set up")) }
    curl_easy_reset(curl)
    let list = HeaderList(request)
    configure(curl, request, list, caFile: caFile)
    let options = HandleOptions(request.options, of: curl)
    defer { withExtendedLifetime(options) {} }
    if let name = options.refused {
      return .failure(TransferFailure(kind: .unsupported, message: "this libcurl does not know the option \(name)"))
    }
    var reception = Reception(
      curl: curl, sessions: sessions, isCancelled: isCancelled,
      limit: request.options.maxResponseSize ?? CurlTransport.bodyLimit)
    let code = withUnsafeMutablePointer(to: &reception) { pointer in
      Self.attach(pointer, to: curl)
      return curl_easy_perform(curl)
    }
    guard code == CURLE_OK else { return .failure(failure(code, reception)) }
    if let port = number(CURLINFO_LOCAL_PORT), port == number(CURLINFO_PRIMARY_PORT),
      text(CURLINFO_LOCAL_IP) == text(CURLINFO_PRIMARY_IP)
    {
      return .failure(
        TransferFailure(kind: .connect, message: "the connection came back to itself: nobody listens on port \(port)"))
    }
    return .response(response(to: request, reception))
  }

  private func configure(
    _ curl: UnsafeMutableRawPointer, _ request: HTTPRequest, _ headers: HeaderList, caFile: String?
  ) {
    _ = ccurl_set_str(curl, CURLOPT_URL, request.url)
    _ = ccurl_set_str(curl, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = ccurl_set_str(curl, CURLOPT_CUSTOMREQUEST, request.method)
    if request.method == "HEAD" { _ = ccurl_set_long(curl, CURLOPT_NOBODY, 1) }
    _ = ccurl_set_list(curl, CURLOPT_HTTPHEADER, headers.list)
    if let body = request.body ?? (["POST", "PUT", "PATCH"].contains(request.method) ? [] : nil) {
      _ = ccurl_set_off(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
      _ = body.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { ccurl_set_ptr(curl, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0)) }
          ?? ccurl_set_str(curl, CURLOPT_COPYPOSTFIELDS, "")
      }
    }
    _ = ccurl_set_long(curl, CURLOPT_SSL_VERIFYPEER, 1)
    _ = ccurl_set_long(curl, CURLOPT_SSL_VERIFYHOST, 2)
    _ = ccurl_set_long(curl, CURLOPT_CERTINFO, 1)
    if let caFile = request.options.caFile ?? caFile { _ = ccurl_set_str(curl, CURLOPT_CAINFO, caFile) }
    _ = ccurl_set_str(curl, CURLOPT_USERAGENT, "waybill")
    _ = ccurl_set_long(curl, CURLOPT_NOSIGNAL, 1)
    _ = ccurl_set_long(curl, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.options.connectTimeout))
    _ = ccurl_set_long(curl, CURLOPT_TIMEOUT_MS, Self.milliseconds(request.options.maxTime))
    // Whatever it can decode, also where nobody asked for it: what is kept has to be readable for whoever looks for secrets.
    _ = ccurl_set_str(curl, CURLOPT_ACCEPT_ENCODING, "")
  }

  private static func attach(_ reception: UnsafeMutablePointer<Reception>, to curl: UnsafeMutableRawPointer) {
    _ = ccurl_set_ptr(curl, CURLOPT_HEADERDATA, reception)
    _ = ccurl_set_ptr(curl, CURLOPT_WRITEDATA, reception)
    _ = ccurl_set_ptr(curl, CURLOPT_XFERINFODATA, reception)
    _ = ccurl_set_long(curl, CURLOPT_NOPROGRESS, 0)
    _ = ccurl_set_data_cb(curl, CURLOPT_HEADERFUNCTION) { data, size, count, context in
      let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
      return context?.assumingMemoryBound(to: Reception.self).pointee.takeHeader(bytes) == true ? size * count : 0
    }
    _ = ccurl_set_data_cb(curl, CURLOPT_WRITEFUNCTION) { data, size, count, context in
      let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
      // Fewer bytes than were offered end the transfer.
      return context?.assumingMemoryBound(to: Reception.self).pointee.takeBody(bytes) == true ? size * count : 0
    }
    _ = ccurl_set_progress_cb(curl) { context, _, _, _, _ in
      context?.assumingMemoryBound(to: Reception.self).pointee.isCancelled.isRaised == true ? 1 : 0
    }
  }

  private func response(to request: HTTPRequest, _ reception: Reception) -> HTTPResponse {
    let address = text(CURLINFO_PRIMARY_IP) ?? ""
    let peer = address.contains(":") ? "[\(address)]" : address
    return HTTPResponse(
      version: reception.version, status: number(CURLINFO_RESPONSE_CODE) ?? 0, reason: reception.reason,
      headers: reception.headers, body: reception.body, undecoded: reception.undecoded, url: request.url,
      duration: .microseconds(microseconds(CURLINFO_TOTAL_TIME_T)),
      peer: "\(peer):\(number(CURLINFO_PRIMARY_PORT) ?? 0)", timings: timings(since: reception.began),
      certificate: certificates.certificate(of: reception.curl, for: request.url), tls: reception.tls)
  }

  private func timings(since began: Int64) -> TransferTimings {
    TransferTimings(
      began: began, nameLookup: microseconds(CURLINFO_NAMELOOKUP_TIME_T),
      connect: microseconds(CURLINFO_CONNECT_TIME_T), appConnect: microseconds(CURLINFO_APPCONNECT_TIME_T),
      preTransfer: microseconds(CURLINFO_PRETRANSFER_TIME_T),
      startTransfer: microseconds(CURLINFO_STARTTRANSFER_TIME_T), total: microseconds(CURLINFO_TOTAL_TIME_T))
  }

  private func microseconds(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return ccurl_get_off(curl, info, &value) == CURLE_OK ? Int(value) : 0
  }

  private func failure(_ code: CURLcode, _ reception: Reception) -> TransferFailure {
    if reception.hasTooLargeHead {
      return TransferFailure(
        kind: .tooLarge, code: Int(code.rawValue),
        message: "the headers of the response are larger than \(Reception.headLimit) bytes")
    }
    if reception.isTooLarge {
      return TransferFailure(
        kind: .tooLarge, code: Int(code.rawValue),
        message: "the response is larger than \(reception.limit) bytes")
    }
    let kind: TransferFailure.Kind =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
      case CURLE_COULDNT_CONNECT, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: .connect
      case CURLE_OPERATION_TIMEDOUT: .timeout
      case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND:
        .tls
      case CURLE_ABORTED_BY_CALLBACK: .interrupted
      case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: .unsupported
      default: .other
      }
    return TransferFailure(
      kind: kind, code: Int(code.rawValue), message: "(\(code.rawValue)) \(String(cString: curl_easy_strerror(code)))")
  }

  private func text(_ info: CURLINFO) -> String? {
    var value: UnsafeMutablePointer<CChar>?
    guard ccurl_get_str(curl, info, &value) == CURLE_OK, let value else { return nil }
    return String(cString: value)
  }

  private func number(_ info: CURLINFO) -> Int? {
    var value = 0
    return ccurl_get_long(curl, info, &value) == CURLE_OK ? value : nil
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
  }
}

/// What arrives during one transfer.
private struct Reception {
  let curl: UnsafeMutableRawPointer
  let sessions: TLSSessions
  let isCancelled: Flag
  /// Of the body, in bytes.
  let limit: Int
  /// Nanoseconds since 1970.
  let began = wallClock()
  var version = ""
  var reason = ""
  var headers: [HTTPHeader] = []
  var body: [UInt8] = []
  var undecoded: String?
  var tls: TLSConnection?
  var isTooLarge = false
  var headSize = 0
  /// In bytes, of all responses together: below what libcurl takes itself.
  static let headLimit = 256 << 10
  var hasTooLargeHead: Bool { headSize > Self.headLimit }

  /// False for more than any server has to say in its headers.
  mutating func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headSize += bytes.count
    guard headSize <= Self.headLimit else { return false }
    let end = bytes.lastIndex { $0 != 0x0d && $0 != 0x0a && $0 != 0x20 }
    let line = String(decoding: bytes.prefix((end ?? -1) + 1), as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      // The connection belongs to the transfer only while it goes on.
      tls = sessions.connection(of: curl)
      // An interim response may come first; only the last one counts.
      let words = line.split(separator: " ", maxSplits: 2)
      version = String(words[0].dropFirst(5))
      reason = words.count > 2 ? String(words[2]) : ""
      headers = []
      undecoded = nil
    } else if line.first == " " || line.first == "\t", let last = headers.popLast() {
      // The rest of a value that was folded (RFC 9112, section 5.2).
      let rest = line.drop { $0 == " " || $0 == "\t" }
      headers.append(HTTPHeader(name: last.name, value: last.value.isEmpty ? String(rest) : "\(last.value) \(rest)"))
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.append(HTTPHeader(name: String(line[..<colon]), value: String(value)))
    }
    if line.isEmpty { noteEncoding() }
    return true
  }

  /// An encoding that libcurl does not know would end the transfer, and the body says nothing to anybody: it is taken as it is.
  private mutating func noteEncoding() {
    let names = headers.filter { $0.name.lowercased() == "content-encoding" }.flatMap { $0.value.split(separator: ",") }
      .map { $0.lowercased().filter { !$0.isWhitespace } }
    guard let unknown = names.first(where: { !$0.isEmpty && !ContentEncoding.known.contains($0) }) else { return }
    undecoded = unknown
    _ = ccurl_set_long(curl, CURLOPT_HTTP_CONTENT_DECODING, 0)
  }

  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isTooLarge = body.count + bytes.count > limit
    if !isTooLarge { body.append(contentsOf: bytes) }
    return !isTooLarge
  }
}

/// The content encodings that this build of libcurl decodes.
private enum ContentEncoding {
  static let known: Set<String> = {
    var names: Set = ["identity", "none"]
    let version = curl_version_info(CURLVERSION_TENTH)?.pointee
    let features = version?.features ?? 0
    if features & CURL_VERSION_LIBZ != 0 { names.formUnion(["gzip", "x-gzip", "deflate"]) }
    if features & CURL_VERSION_BROTLI != 0 { names.insert("br") }
    if features & CURL_VERSION_ZSTD != 0 { names.insert("zstd") }
    return names
  }()
}

/// The header lines of a request in libcurl's own list, freed with it.
private final class HeaderList {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  init(_ request: HTTPRequest) {
    for header in request.headers {
      append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    // libcurl adds these by itself to what has a body; a check says all that it means.
    append("Expect:")
    if !request.options.compressed, !request.headers.contains(where: { $0.name.lowercased() == "accept-encoding" }) {
      append("Accept-Encoding:")
    }
    if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { append("Content-Type:") }
  }

  deinit { curl_slist_free_all(list) }

  private func append(_ line: String) { list = curl_slist_append(list, line) }
}

private func wallClock() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}
