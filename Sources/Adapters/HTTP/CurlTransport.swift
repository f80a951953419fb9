import CCurl
import Dispatch
import Engine
package import LiveChecks
import Synchronization

/// Sends requests with libcurl, over connections that are used again.
///
/// Certificates and host names are always verified; there is no way to ask for less (promise I5).
package final class CurlTransport: HTTPTransport {
  /// A larger body is refused: evidence keeps what it was given.
  static let bodyLimit = 64 << 20

  private let caFile: String?
  private let handles = Mutex<[CurlHandle]>([])
  private let queue = DispatchQueue(label: "waybill.http", attributes: .concurrent)

  /// `caFile` holds the certificates to trust, in PEM; nil trusts those of the system.
  package init(caFile: String?) {
    self.caFile = caFile
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
  }

  package func send(_ request: HTTPRequest) async -> TransferOutcome {
    let isCancelled = Flag()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async {
          let handle = self.handles.withLock { $0.popLast() } ?? CurlHandle()
          let outcome = handle.perform(request, caFile: self.caFile, isCancelled: isCancelled)
          self.handles.withLock { $0.append(handle) }
          continuation.resume(returning: outcome)
        }
      }
    } onCancel: {
      isCancelled.raise()
    }
  }
}

/// Is raised once, from any thread.
final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { value.load(ordering: .relaxed) }

  func raise() { value.store(true, ordering: .relaxed) }
}
