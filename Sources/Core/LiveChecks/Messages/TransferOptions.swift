/// How a transfer is to be made; whether certificates are checked is none of its choices.
package struct TransferOptions: Hashable, Sendable {
  package enum Authentication: Sendable { case digest, negotiate, ntlm }
  package enum HTTPVersion: Sendable { case http10, http11, http2, http3 }
  package enum IPVersion: Sendable { case v4, v6 }
  /// Whether credentials of the file come first, or in addition to those of the address.
  package enum Netrc: Sendable { case required, optional }

  package var connectTimeout: Duration
  package var maxTime: Duration
  /// Asks for a compressed response.
  package var compressed: Bool
  /// Authorities to trust instead of the system's, as a PEM file.
  package var caFile: String?
  /// What the client shows of itself, as a PEM file, and the password of its key.
  package var certificateFile: String?
  package var certificatePassword: String?
  package var keyFile: String?
  /// The digest of the only public key that is accepted, in the form of libcurl.
  package var pinnedPublicKey: String?
  package var httpVersion: HTTPVersion?
  package var ipVersion: IPVersion?
  /// The address of a proxy; nil uses none.
  package var proxy: String?
  /// Hosts that are asked without the proxy, with commas between them.
  package var noProxy: String?
  /// `host:port:address`: addresses of hosts that are not to be looked up.
  package var resolve: [String] = []
  /// `host1:port1:host2:port2`: where to connect to in the place of the first host and port.
  package var connectTo: [String] = []
  package var unixSocket: String?
  /// Dots in the path of the address stay.
  package var pathAsIs = false
  /// In bytes a second, in both directions.
  package var limitRate: Int?
  /// The longest body that is taken, in bytes once decoded; nil takes as much as the transport does.
  package var maxResponseSize: Int?
  package var netrc: Netrc?
  package var netrcFile: String?
  /// How `credentials` are shown; nil where a header carries what there is to show.
  package var authentication: Authentication?
  /// `name:password`, for `authentication` and `awsSigV4`.
  package var credentials: String?
  /// `provider1:provider2:region:service`: the request is signed with `credentials`.
  package var awsSigV4: String?

  package init(
    connectTimeout: Duration = .seconds(30), maxTime: Duration = .seconds(300), compressed: Bool = false,
    caFile: String? = nil
  ) {
    self.connectTimeout = connectTimeout
    self.maxTime = maxTime
    self.compressed = compressed
    self.caFile = caFile
  }
}
