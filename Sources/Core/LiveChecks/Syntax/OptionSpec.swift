/// One line of `[Options]`; its value may hold templates and is read when the entry runs.
struct OptionSpec: Hashable, Sendable {
  enum Name: String, CaseIterable, Sendable {
    case awsSigV4 = "aws-sigv4"
    case caFile = "cacert"
    case certificate = "cert"
    case compressed
    case connectTimeout = "connect-timeout"
    case connectTo = "connect-to"
    case delay
    case digest
    case header
    case http10 = "http1.0"
    case http11 = "http1.1"
    case http2
    case http3
    case insecure
    case ipv4
    case ipv6
    case key
    case limitRate = "limit-rate"
    case location
    case locationTrusted = "location-trusted"
    case maxRedirects = "max-redirs"
    case maxTime = "max-time"
    case negotiate
    case netrc
    case netrcFile = "netrc-file"
    case netrcOptional = "netrc-optional"
    case noProxy = "noproxy"
    case ntlm
    case output
    case pathAsIs = "path-as-is"
    case pinnedPublicKey = "pinnedpubkey"
    case proxy
    case `repeat`
    case resolve
    case retry
    case retryInterval = "retry-interval"
    case skip
    case unixSocket = "unix-socket"
    case user
    case variable
    case verbose
    case veryVerbose = "very-verbose"

    /// What a bare number means; nil where it is no duration.
    var durationUnit: String? {
      switch self {
      case .delay, .retryInterval: "ms"
      case .connectTimeout, .maxTime: "s"
      default: nil
      }
    }
  }

  /// `name=` in front of the value of a variable.
  struct VariableName: Hashable, Sendable {
    let text: String
    /// The value stands in quotes and is a string, whatever it looks like.
    let isQuoted: Bool
  }

  let name: Name
  let value: TemplateText
  /// Of the option `variable`.
  let variable: VariableName?
  let place: Place
  let valuePlace: Place
}

/// What is wrong with the value of an option.
package struct OptionError: Error, Hashable, Sendable {
  package enum Kind: Sendable {
    case value
    /// The value is well written and asks for what is never done.
    case policy
  }

  package let kind: Kind
  /// Lower case, with what to write instead.
  package let reason: String

  init(_ reason: String, kind: Kind = .value) {
    self.kind = kind
    self.reason = reason
  }
}
