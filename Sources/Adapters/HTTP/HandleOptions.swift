import CCurl
import LiveChecks

/// The options of one transfer, put into a handle. Lists that libcurl borrows live as long as this does.
final class HandleOptions {
  private let curl: UnsafeMutableRawPointer
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  /// The first option that this libcurl does not know.
  private(set) var refused: String?

  init(_ options: TransferOptions, of curl: UnsafeMutableRawPointer) {
    self.curl = curl
    set("cert", CURLOPT_SSLCERT, options.certificateFile)
    set("cert", CURLOPT_KEYPASSWD, options.certificatePassword)
    set("key", CURLOPT_SSLKEY, options.keyFile)
    set("pinnedpubkey", CURLOPT_PINNEDPUBLICKEY, options.pinnedPublicKey)
    set("unix-socket", CURLOPT_UNIX_SOCKET_PATH, options.unixSocket)
    set("netrc-file", CURLOPT_NETRC_FILE, options.netrcFile)
    set("user", CURLOPT_USERPWD, options.credentials)
    set("aws-sigv4", CURLOPT_AWS_SIGV4, options.awsSigV4)
    set("resolve", CURLOPT_RESOLVE, options.resolve)
    set("connect-to", CURLOPT_CONNECT_TO, options.connectTo)
    if options.pathAsIs { set("path-as-is", CURLOPT_PATH_AS_IS, 1) }
    if let proxy = options.proxy {
      set("proxy", CURLOPT_PROXY, proxy)
      set("noproxy", CURLOPT_NOPROXY, options.noProxy ?? "")
    } else {
      // What the environment names is nobody's wish here.
      set("noproxy", CURLOPT_NOPROXY, "*")
    }
    if let rate = options.limitRate {
      keep("limit-rate", ccurl_set_off(curl, CURLOPT_MAX_RECV_SPEED_LARGE, curl_off_t(rate)))
      keep("limit-rate", ccurl_set_off(curl, CURLOPT_MAX_SEND_SPEED_LARGE, curl_off_t(rate)))
    }
    choose(options)
  }

  deinit { for list in lists { curl_slist_free_all(list) } }

  private func choose(_ options: TransferOptions) {
    switch options.httpVersion {
    case .http10: set("http1.0", CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_0))
    case .http11: set("http1.1", CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    case .http2: set("http2", CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2_0))
    case .http3: set("http3", CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_3))
    case nil: break
    }
    switch options.ipVersion {
    case .v4: set("ipv4", CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V4))
    case .v6: set("ipv6", CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V6))
    case nil: break
    }
    switch options.netrc {
    case .optional: set("netrc-optional", CURLOPT_NETRC, Int(CURL_NETRC_OPTIONAL.rawValue))
    case .required: set("netrc", CURLOPT_NETRC, Int(CURL_NETRC_REQUIRED.rawValue))
    case nil: break
    }
    // The bits of CURLAUTH_DIGEST, _NEGOTIATE and _NTLM (curl.h), which Swift does not import.
    switch options.authentication {
    case .digest: set("digest", CURLOPT_HTTPAUTH, 1 << 1)
    case .negotiate: set("negotiate", CURLOPT_HTTPAUTH, 1 << 2)
    case .ntlm: set("ntlm", CURLOPT_HTTPAUTH, 1 << 3)
    case nil: break
    }
  }

  private func set(_ name: String, _ option: CURLoption, _ text: String?) {
    if let text { keep(name, ccurl_set_str(curl, option, text)) }
  }

  private func set(_ name: String, _ option: CURLoption, _ number: Int) {
    keep(name, ccurl_set_long(curl, option, number))
  }

  private func set(_ name: String, _ option: CURLoption, _ lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = curl_slist_append(list, line) }
    guard let list else { return }
    lists.append(list)
    keep(name, ccurl_set_list(curl, option, list))
  }

  private func keep(_ name: String, _ code: CURLcode) { if code != CURLE_OK { refused = refused ?? name } }
}
