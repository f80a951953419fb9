import Glibc
import Redaction

/// Standard input and output as a filter in a pipeline uses them: each piece as it comes.
enum Filter {
  /// The next bytes; nil at the end.
  static func read() throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe Glibc.read(0, &bytes, bytes.count)
      if count > 0 { return Array(bytes[..<count]) }
      if count == 0 { return nil }
      try wait(for: 0, Int16(POLLIN), "read standard input")
    }
  }

  /// False where nobody reads any more.
  static func write(_ bytes: RedactedBytes) throws -> Bool {
    var rest = bytes.bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        return false
      } else {
        try wait(for: 1, Int16(POLLOUT), "write to standard output")
      }
    }
    return true
  }

  /// After a call that failed: waits where the other end of a pipe made it not wait, and throws for anything else.
  private static func wait(for descriptor: Int32, _ events: Int16, _ doing: String) throws {
    switch errno {
    case EINTR: return
    case EAGAIN:
      var entry = pollfd(fd: descriptor, events: events, revents: 0)
      _ = unsafe poll(&entry, 1, -1)
    case let number: throw Mistake.system(doing, unsafe String(cString: strerror(number)))
    }
  }
}
