import CProcess
package import DeliveryLoop
import Engine
import Glibc

/// An open file descriptor with one owner, closed when that is gone.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  func makeNonBlocking() {
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }
}

/// Both ends of a pipe; no child inherits them.
struct Pipe: ~Copyable {
  let read: Descriptor
  let write: Descriptor

  init() throws(ProcessError) {
    var ends: [Int32] = [0, 0]
    guard cprocess_pipe(&ends) == 0 else { throw .system(doing: "open a pipe", errno: errno) }
    read = Descriptor(ends[0])
    write = Descriptor(ends[1])
  }

  /// The number of the end for writing.
  var entrance: Int32 { write.number }

  /// Closes the end for writing and gives the other away, which never blocks from then on.
  consuming func reading() -> Descriptor {
    read.makeNonBlocking()
    return read
  }
}

/// Why a process could not be started or looked at.
package enum ProcessError: Explained, Hashable, Sendable {
  /// The program is not there, or not executable.
  case notFound(program: String)
  case cannotStart(program: String, message: String)
  case system(doing: String, errno: Int32)

  package var kind: Failure.Kind { .broken }

  /// Lower case, with what to do next.
  package var wording: String {
    switch self {
    case .notFound(let program):
      "\"\(program)\" is not installed or not in PATH; install it or correct the configuration"
    case .cannotStart(let program, let message): "\"\(program)\" cannot be started: \(message)"
    case .system(let doing, let number): "failed to \(doing): \(String(cString: strerror(number)))"
    }
  }
}
