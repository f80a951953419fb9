/// How much is told of a request while it is made.
package enum Verbosity: Int, Comparable, Sendable {
  case none, verbose, veryVerbose

  package static func < (a: Verbosity, b: Verbosity) -> Bool { a.rawValue < b.rawValue }
}

/// How an entry is carried out, once the values of its options are known.
struct EntryOptions: Hashable, Sendable {
  /// How many more tries there are; nil goes on for ever.
  var retries: Int? = 0
  var retryInterval: Duration = .seconds(1)
  var delay: Duration = .zero
  var followsRedirects = false
  /// Credentials go along to whatever host a redirect leads to.
  var trustsRedirects = false
  /// nil sets no limit.
  var maxRedirects: Int? = 50
  var isSkipped = false
  /// nil goes on for ever.
  var repetitions: Int? = 1
  var headers: [HTTPHeader] = []
  /// `name:password`.
  var user: String?
  /// The file that takes the body of the response; `-` is standard output.
  var output: String?
  var verbosity = Verbosity.none
  var transfer: TransferOptions

  init(transfer: TransferOptions = TransferOptions()) { self.transfer = transfer }

  /// Takes one option over; throws what is wrong with its value, as a fragment. Does nothing for `variable`.
  mutating func set(_ name: OptionSpec.Name, to text: String) throws(OptionError) {
    if try setFlag(name, to: text) { return }
    switch name {
    case .retry: retries = try Self.count(text)
    case .repeat: repetitions = try Self.count(text)
    case .maxRedirects: maxRedirects = try Self.count(text)
    case .retryInterval: retryInterval = try Self.duration(text, of: name)
    case .delay: delay = try Self.duration(text, of: name)
    case .connectTimeout: transfer.connectTimeout = try Self.duration(text, of: name)
    case .maxTime: transfer.maxTime = try Self.duration(text, of: name)
    case .limitRate: transfer.limitRate = try Self.rate(text)
    case .header: headers.append(try Self.header(text))
    case .user: user = text
    case .output: output = try Self.file(text)
    case .caFile: transfer.caFile = try Self.file(text)
    case .certificate: (transfer.certificateFile, transfer.certificatePassword) = try Self.certificate(text)
    case .key: transfer.keyFile = try Self.file(text)
    case .netrcFile:
      transfer.netrcFile = try Self.file(text)
      transfer.netrc = transfer.netrc ?? .required
    case .unixSocket: transfer.unixSocket = try Self.file(text)
    case .proxy: transfer.proxy = text
    case .noProxy: transfer.noProxy = text
    case .resolve: transfer.resolve.append(try Self.route(text, colons: 2, form: "host:port:address"))
    case .connectTo: transfer.connectTo.append(try Self.route(text, colons: 3, form: "host1:port1:host2:port2"))
    case .awsSigV4: transfer.awsSigV4 = text
    case .pinnedPublicKey: transfer.pinnedPublicKey = text
    default: break
    }
  }

  /// Options that are true or false; false for all others.
  private mutating func setFlag(_ name: OptionSpec.Name, to text: String) throws(OptionError) -> Bool {
    switch name {
    case .compressed: transfer.compressed = try Self.flag(text)
    case .digest: try choose(.digest, \.authentication, text)
    case .negotiate: try choose(.negotiate, \.authentication, text)
    case .ntlm: try choose(.ntlm, \.authentication, text)
    case .http10: try choose(.http10, \.httpVersion, text)
    case .http11: try choose(.http11, \.httpVersion, text)
    case .http2: try choose(.http2, \.httpVersion, text)
    case .http3: try choose(.http3, \.httpVersion, text)
    case .ipv4: try choose(.v4, \.ipVersion, text)
    case .ipv6: try choose(.v6, \.ipVersion, text)
    case .netrc: try choose(.required, \.netrc, text)
    case .netrcOptional: try choose(.optional, \.netrc, text)
    case .location: followsRedirects = try Self.flag(text)
    case .locationTrusted:
      trustsRedirects = try Self.flag(text)
      followsRedirects = followsRedirects || trustsRedirects
    case .pathAsIs: transfer.pathAsIs = try Self.flag(text)
    case .skip: isSkipped = try Self.flag(text)
    case .verbose: verbosity = try Self.flag(text) ? max(verbosity, .verbose) : .none
    case .veryVerbose: verbosity = try Self.flag(text) ? .veryVerbose : .none
    case .insecure:
      guard try Self.flag(text) else { break }
      throw OptionError(
        "certificates are always checked; name the authority to trust with \"cacert\"", kind: .policy)
    default: return false
    }
    return true
  }

  /// Sets one of several that exclude each other, or takes it back.
  private mutating func choose<Choice: Equatable>(
    _ choice: Choice, _ path: WritableKeyPath<TransferOptions, Choice?>, _ text: String
  ) throws(OptionError) {
    if try Self.flag(text) {
      transfer[keyPath: path] = choice
    } else if transfer[keyPath: path] == choice {
      transfer[keyPath: path] = nil
    }
  }
}
