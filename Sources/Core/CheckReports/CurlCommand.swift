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
    let options = request.options
    if options.compressed { words.append("--compressed") }
    if let file = options.caFile { words += ["--cacert", quoted(file)] }
    return (words + [quoted(request.url)]).joined(separator: " ")
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
