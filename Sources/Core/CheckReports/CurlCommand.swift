package import LiveChecks

/// The command with which a person sends the same request by hand.
package enum CurlCommand {
  /// One line for a POSIX shell. Nothing of it is masked.
  package static func text(_ request: HTTPRequest) -> String {
    var words = ["curl"]
    let implied = request.body == nil ? "GET" : "POST"
    if request.method == "HEAD" && request.body == nil {
      words.append("--head")
    } else if request.method != implied {
      words += ["--request", request.method]
    }
    for header in request.headers {
      words += ["--header", quoted(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")]
    }
    if let body = request.body {
      // curl would add a type of its own.
      if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
        words += ["--header", "'Content-Type:'"]
      }
      words += ["--data-binary", data(body)]
    }
    return (words + options(request.options) + [quoted(request.url)]).joined(separator: " ")
  }

  /// As far as they differ from what holds where nothing is said.
  private static func options(_ options: TransferOptions) -> [String] {
    let usual = TransferOptions()
    let values: [(String, String?)] = [
      ("connect-timeout", options.connectTimeout == usual.connectTimeout ? nil : seconds(options.connectTimeout)),
      ("max-time", options.maxTime == usual.maxTime ? nil : seconds(options.maxTime)), ("cacert", options.caFile),
      ("cert", options.certificateFile.map { file in options.certificatePassword.map { "\(file):\($0)" } ?? file }),
      ("key", options.keyFile), ("pinnedpubkey", options.pinnedPublicKey), ("proxy", options.proxy),
      ("noproxy", options.noProxy), ("unix-socket", options.unixSocket),
      ("limit-rate", options.limitRate.map { String($0) }), ("netrc-file", options.netrcFile),
      ("aws-sigv4", options.awsSigV4), ("user", options.credentials),
    ]
    let routes = options.resolve.map { ("resolve", $0) } + options.connectTo.map { ("connect-to", $0) }
    let flags = [
      ("compressed", options.compressed), ("path-as-is", options.pathAsIs), ("netrc", options.netrc == .required),
      ("netrc-optional", options.netrc == .optional), ("digest", options.authentication == .digest),
      ("negotiate", options.authentication == .negotiate), ("ntlm", options.authentication == .ntlm),
      ("ipv4", options.ipVersion == .v4), ("ipv6", options.ipVersion == .v6),
      ("http1.0", options.httpVersion == .http10), ("http1.1", options.httpVersion == .http11),
      ("http2", options.httpVersion == .http2), ("http3", options.httpVersion == .http3),
    ]
    return flags.filter(\.1).map { "--\($0.0)" }
      + (values.compactMap { name, value in value.map { (name, $0) } } + routes).flatMap { ["--\($0)", quoted($1)] }
  }

  /// `2s` as `2`, `250ms` as `0.25`
  private static func seconds(_ duration: Duration) -> String {
    let milliseconds = Int(duration / .milliseconds(1))
    return milliseconds.isMultiple(of: 1000) ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
  }

  private static func data(_ body: [UInt8]) -> String {
    if let text = String(validating: body, as: UTF8.self), !text.hasPrefix("@"), !text.contains("\0") {
      return quoted(text)
    }
    // bash, ksh and zsh; no shell's argument can hold a NUL.
    let escaped = body.map { byte -> String in
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"): return "\\\(Unicode.Scalar(byte))"
      case 0x20...0x3f, 0x41...0x7e: return "\(Unicode.Scalar(byte))"
      default: return "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
      }
    }
    return "$'\(escaped.joined())'"
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }
}
