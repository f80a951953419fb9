import ArgumentParser

/// How servers are reached and what the client shows of itself, where a request's own options say nothing.
struct CheckConnectionOptions: ParsableArguments {
  @Option(
    name: [.customLong("proxy"), .customShort("x")], help: ArgumentHelp("The proxy to ask.", valueName: "address"))
  var proxy: String?
  @Option(help: ArgumentHelp("Hosts that are asked without it.", valueName: "hosts")) var noproxy: String?
  @Option(help: ArgumentHelp("The address of a host.", valueName: "host:port:address")) var resolve: [String] = []
  @Option(
    name: .customLong("connect-to"),
    help: ArgumentHelp("Where to connect to instead.", valueName: "host1:port1:host2:port2"))
  var connectTo: [String] = []
  @Option(name: .customLong("unix-socket"), help: ArgumentHelp("The socket to connect to.", valueName: "path"))
  var unixSocket: String?
  @Flag(name: [.customShort("4"), .customLong("ipv4")], help: "Addresses of IPv4 alone.") var ipv4 = false
  @Flag(name: [.customShort("6"), .customLong("ipv6")], help: "Addresses of IPv6 alone.") var ipv6 = false
  @Flag(name: [.customShort("0"), .customLong("http1.0")], help: "Speak HTTP/1.0.") var http10 = false
  @Flag(name: .customLong("http1.1"), help: "Speak HTTP/1.1.") var http11 = false
  @Flag(name: .customLong("http2"), help: "Speak HTTP/2.") var http2 = false
  @Flag(name: .customLong("http3"), help: "Speak HTTP/3.") var http3 = false
  @Flag(name: .customLong("path-as-is"), help: "Leave the dots in paths.") var pathAsIs = false
  @Option(name: .customLong("limit-rate"), help: ArgumentHelp("The most bytes a second.", valueName: "bytes"))
  var limitRate: String?
  @Option(
    name: .customLong("max-filesize"), help: ArgumentHelp("The longest response that is taken.", valueName: "bytes"))
  var maxFilesize: Int?
  @Option(
    name: [.customShort("E"), .customLong("cert")],
    help: ArgumentHelp("The certificate to show, in PEM.", valueName: "file[:password]"))
  var cert: String?
  @Option(help: ArgumentHelp("The key of the certificate.", valueName: "file")) var key: String?
  @Option(help: ArgumentHelp("The only public key to accept.", valueName: "digests")) var pinnedpubkey: String?
  @Flag(help: "Prove --user by Digest.") var digest = false
  @Flag(help: "Prove --user by Negotiate.") var negotiate = false
  @Flag(help: "Prove --user by NTLM.") var ntlm = false
  @Option(
    name: .customLong("aws-sigv4"), help: ArgumentHelp("Sign with --user.", valueName: "provider1[:provider2[:region]]")
  )
  var awsSigV4: String?
  @Flag(name: [.customShort("n"), .customLong("netrc")], help: "Users and passwords stand in ~/.netrc.")
  var netrc = false
  @Option(name: .customLong("netrc-file"), help: ArgumentHelp("They stand in this file.", valueName: "file"))
  var netrcFile: String?
  @Flag(name: .customLong("netrc-optional"), help: "They may stand there.") var netrcOptional = false
  @Option(
    name: [.customShort("A"), .customLong("user-agent")], help: ArgumentHelp("Who is asking.", valueName: "name"))
  var userAgent: String?
  @Flag(name: .customLong("location-trusted"), help: "Follow redirects with user and password to any host.")
  var locationTrusted = false
  @Option(
    name: [.customShort("b"), .customLong("cookie")], help: ArgumentHelp("Cookies to begin with.", valueName: "file"))
  var cookie: String?
  @Option(
    name: [.customShort("c"), .customLong("cookie-jar")],
    help: ArgumentHelp("Keep the cookies there.", valueName: "file"))
  var cookieJar: String?
  @Flag(name: .customLong("no-cookie-store"), help: "Forget cookies from one request to the next.")
  var noCookieStore = false

  /// By their names in `[Options]`.
  var entryOptions: [(String, String)] {
    let values: [(String, String?)] = [
      ("proxy", proxy), ("noproxy", noproxy), ("unix-socket", unixSocket), ("limit-rate", limitRate), ("cert", cert),
      ("key", key), ("pinnedpubkey", pinnedpubkey), ("aws-sigv4", awsSigV4), ("netrc-file", netrcFile),
      ("header", userAgent.map { "User-Agent: \($0)" }),
    ]
    let flags = [
      ("ipv4", ipv4), ("ipv6", ipv6), ("http1.0", http10), ("http1.1", http11), ("http2", http2), ("http3", http3),
      ("path-as-is", pathAsIs), ("digest", digest), ("negotiate", negotiate), ("ntlm", ntlm), ("netrc", netrc),
      ("netrc-optional", netrcOptional), ("location-trusted", locationTrusted),
    ]
    return values.compactMap { name, value in value.map { (name, $0) } } + resolve.map { ("resolve", $0) }
      + connectTo.map { ("connect-to", $0) } + flags.filter(\.1).map { ($0.0, "true") }
  }
}
