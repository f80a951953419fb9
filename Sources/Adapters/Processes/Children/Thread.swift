import CProcess
import Glibc

/// A thread for one blocking piece of work, so that it never holds up the threads that async functions share.
enum Thread {
  static func run(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread: pthread_t = 0
    let status = pthread_create(&thread, &attributes, start, box)
    pthread_attr_destroy(&attributes)
    // Without a thread the work is done here: late is better than never.
    if status != 0 { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
    if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
    return nil
  }
}
