/// When the phases of a transfer ended, in microseconds since it began (curl_easy_getinfo(3)); 0 for one that did not happen.
package struct TransferTimings: Hashable, Sendable {
  /// Nanoseconds since 1970, UTC, by the system's clock.
  package let began: Int64
  package let nameLookup: Int
  package let connect: Int
  /// TLS.
  package let appConnect: Int
  package let preTransfer: Int
  /// The first byte of the response.
  package let startTransfer: Int
  package let total: Int

  package init(
    began: Int64, nameLookup: Int = 0, connect: Int = 0, appConnect: Int = 0, preTransfer: Int = 0,
    startTransfer: Int = 0, total: Int = 0
  ) {
    self.began = began
    self.nameLookup = nameLookup
    self.connect = connect
    self.appConnect = appConnect
    self.preTransfer = preTransfer
    self.startTransfer = startTransfer
    self.total = total
  }
}
