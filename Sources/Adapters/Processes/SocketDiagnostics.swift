import Glibc

/// Asks the kernel for listening TCP sockets over netlink (sock_diag(7)).
///
/// Unlike `/proc/net/tcp` it goes through listeners only, and not through every place of the table of connections.
enum SocketDiagnostics {
  /// Inodes of the sockets that listen on the port, on whatever address; nil where the kernel does not answer.
  static func listeners(on port: UInt16) -> [UInt64]? {
    let type = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_NETLINK, type, netlinkDiagnostics)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var inodes: [UInt64] = []
    for family in [AF_INET, AF_INET6] {
      let question = request(family: UInt8(family), port: port)
      guard send(descriptor, question, question.count, 0) == question.count,
        let found = answers(on: descriptor, port: port)
      else { return nil }
      inodes += found
    }
    return inodes
  }

  private static let netlinkDiagnostics: Int32 = 4
  /// The header of a netlink message: length, type, flags, sequence, port.
  private static let headerSize = 16
  /// Where an answer's parts stand behind its header (`struct inet_diag_msg`).
  private static let (portOffset, inodeOffset, answerSize) = (4, 68, 72)

  /// A netlink header and a `struct inet_diag_req_v2`: all sockets of the family that listen on the port.
  private static func request(family: UInt8, port: UInt16) -> [UInt8] {
    let (requestAndDump, byFamily, listening): (UInt16, UInt16, UInt32) = (0x301, 20, 1 << 10)
    let tcp: [UInt8] = [family, UInt8(IPPROTO_TCP), 0, 0]
    let body = tcp + bytes(listening) + bytes(port.bigEndian) + [UInt8](repeating: 0, count: 46)
    let length = UInt32(headerSize + body.count)
    return bytes(length) + bytes(byFamily) + bytes(requestAndDump) + [UInt8](repeating: 0, count: 8) + body
  }

  /// Reads answers until the last; nil where one of them is a refusal or makes no sense.
  private static func answers(on descriptor: Int32, port: UInt16) -> [UInt64]? {
    var inodes: [UInt64] = []
    var buffer = [UInt8](repeating: 0, count: 32 << 10)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      var start = 0
      while count - start >= headerSize {
        let length = Int(integer(UInt32.self, buffer, start))
        guard length >= headerSize, length <= count - start else { return nil }
        switch integer(UInt16.self, buffer, start + 4) {
        case 3: return inodes
        case 20 where length >= headerSize + answerSize:
          let answer = start + headerSize
          if UInt16(bigEndian: integer(UInt16.self, buffer, answer + portOffset)) == port {
            inodes.append(UInt64(integer(UInt32.self, buffer, answer + inodeOffset)))
          }
        default: return nil
        }
        start += (length + 3) & ~3
      }
    }
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

  private static func integer<Value: FixedWidthInteger>(_: Value.Type, _ bytes: [UInt8], _ index: Int) -> Value {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index, as: Value.self) }
  }
}
