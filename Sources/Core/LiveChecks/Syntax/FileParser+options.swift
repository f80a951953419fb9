extension FileParser {
  private static let options = [
    "retry", "retry-interval", "delay", "location", "max-redirs", "connect-timeout", "max-time", "compressed", "skip", "variable",
  ]
  /// Whatever a file says, certificates are checked (promise I5).
  private static let forbidden = ["insecure"]
  private static let missing = [
    "cacert", "cert", "key", "user", "header", "proxy", "noproxy", "resolve", "connect-to", "unix-socket", "path-as-is", "ipv4",
    "ipv6", "http1.0", "http1.1", "http2", "http3", "output", "verbose", "very-verbose", "repeat", "location-trusted", "netrc",
    "aws-sigv4", "ntlm", "negotiate", "pinnedpubkey", "limit-rate",
  ]

  mutating func options() throws(CheckSyntaxError) -> [Option] {
    var options: [Option] = []
    while true {
      reader.skipEmptyLines()
      guard let first = reader.current, ("a"..."z").contains(first) else { return options }
      let place = reader.place
      let name = reader.word { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "." }
      guard reader.take(":") else { throw reader.error("\":\" should follow the name of the option") }
      reader.skipBlanks()
      options.append(try option(name, at: place))
      try reader.endLine()
    }
  }

  private mutating func option(_ name: String, at place: Place) throws(CheckSyntaxError) -> Option {
    switch name {
    case "retry": return .retry(try number(least: -1))
    case "retry-interval": return .retryInterval(try duration())
    case "delay": return .delay(try duration())
    case "location": return .location(try flag())
    case "max-redirs": return .maxRedirects(try number(least: -1))
    case "connect-timeout": return .connectTimeout(try duration(unit: "s"))
    case "max-time": return .maxTime(try duration(unit: "s"))
    case "compressed": return .compressed(try flag())
    case "skip": return .skip(try flag())
    case "variable": return try variable()
    default:
      if Self.forbidden.contains(name) {
        throw reader.error(
          "certificate checks cannot be switched off; trust the server's CA with SSL_CERT_FILE instead", at: place, width: name.count)
      }
      if Self.missing.contains(name) { throw reader.error("the option \"\(name)\" cannot be used yet", at: place, width: name.count) }
      let hint = nearest(name, among: Self.options).map { "; did you mean \"\($0)\"?" } ?? ""
      throw reader.error("there is no option \"\(name)\"\(hint)", at: place, width: name.count)
    }
  }

  private mutating func flag() throws(CheckSyntaxError) -> Bool {
    let place = reader.place
    switch reader.letters() {
    case "true": return true
    case "false": return false
    default: throw reader.error("true or false should stand here", at: place)
    }
  }

  private mutating func number(least: Int) throws(CheckSyntaxError) -> Int {
    let place = reader.place
    let text = reader.word { $0 == "-" || ("0"..."9").contains($0) }
    guard let number = Int(text), number >= least else {
      throw reader.error("a whole number from \(least) on should stand here", at: place, width: max(1, text.count))
    }
    return number
  }

  /// A number with its unit; without one `unit` is meant, which is milliseconds for most options.
  private mutating func duration(unit: String = "ms") throws(CheckSyntaxError) -> Duration {
    let place = reader.place
    let digits = reader.word { ("0"..."9").contains($0) }
    let written = reader.letters()
    guard let number = Int64(digits), number < 1 << 40 else {
      throw reader.error("a time such as 500ms, 10s or 2m should stand here", at: place)
    }
    switch written.isEmpty ? unit : written {
    case "ms": return .milliseconds(number)
    case "s": return .seconds(number)
    case "m": return .seconds(number * 60)
    case "h": return .seconds(number * 3600)
    default: throw reader.error("\"\(written)\" is not a unit of time; use ms, s, m or h", at: place, width: digits.count + written.count)
    }
  }

  private mutating func variable() throws(CheckSyntaxError) -> Option {
    let place = reader.place
    let name = reader.word { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-" }
    reader.skipBlanks()
    guard !name.isEmpty, reader.take("=") else { throw reader.error("\"name=value\" should stand here", at: place) }
    return .variable(name, try reader.value())
  }
}
