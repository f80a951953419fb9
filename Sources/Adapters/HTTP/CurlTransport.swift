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

  /// Of libcurl, with what it was built on.
  package static var libraryVersion: String { curl_version().map { String(cString: $0) } ?? "" }

  private let caFile: String?
  private let handles = Mutex<[CurlHandle]>([])
  /// Tasks that prefer it wait for servers on its threads; others come there for each request, and go back.
  private let threads: any TaskExecutor = WaitingThreads()
  package var executor: (any TaskExecutor)? { threads }

  /// `caFile` holds the certificates to trust, in PEM; nil trusts those of the system.
  package init(caFile: String?) {
    self.caFile = caFile
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
  }

  package func send(_ request: HTTPRequest) async -> TransferOutcome {
    let isCancelled = Flag()
    return await withTaskCancellationHandler {
      await withTaskExecutorPreference(threads) { await perform(request, isCancelled) }
    } onCancel: {
      isCancelled.raise()
    }
  }

  @concurrent private func perform(_ request: HTTPRequest, _ isCancelled: Flag) async -> TransferOutcome {
    let handle = handles.withLock { $0.popLast() } ?? CurlHandle()
    defer { handles.withLock { $0.append(handle) } }
    return handle.perform(request, caFile: caFile, isCancelled: isCancelled)
  }
}

/// Threads that may wait, as many as there is work for; those of the concurrency runtime are too few for that.
private final class WaitingThreads: TaskExecutor {
  private let queue = DispatchQueue(label: "waybill.http", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// Is raised once, from any thread.
final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { value.load(ordering: .relaxed) }

  func raise() { value.store(true, ordering: .relaxed) }
}
