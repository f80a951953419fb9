import Engine
import Glibc

/// Finds who listens on a TCP port, from the kernel's sockets and the descriptors of all processes.
enum ListeningSockets {
  static func holder(of port: UInt16) -> PortHolder? {
    let inodes = SocketDiagnostics.listeners(on: port) ?? listed(on: port)
    guard !inodes.isEmpty else { return nil }
    let links = Set(inodes.map { "socket:[\($0)]" })
    // The newest process first: a server that was just started is what is mostly asked about.
    for pid in ProcessTable.numbers(in: "/proc").sorted(by: >) where holds(pid, oneOf: links) {
      return PortHolder(pid: Int32(pid), command: ProcessTable.command(of: pid_t(pid)))
    }
    return PortHolder(pid: nil, command: "")
  }

  /// Inodes of the sockets that listen on the port, on whatever address (proc_net_tcp.txt).
  static func listed(on port: UInt16) -> [UInt64] {
    let wanted = hexadecimal(port)
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map {
      ProcessTable.contents($0).split(separator: 0x0a).dropFirst()
    }
    return tables.joined().compactMap { line in
      let fields = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count > 9, fields[3] == "0A", fields[1].hasSuffix(":\(wanted)") else { return nil }
      return UInt64(fields[9])
    }
  }

  private static func hexadecimal(_ port: UInt16) -> String {
    let digits = String(port, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func holds(_ pid: Int, oneOf links: Set<String>) -> Bool {
    let folder = "/proc/\(pid)/fd"
    return ProcessTable.numbers(in: folder).contains { number in
      var target = [UInt8](repeating: 0, count: 64)
      let count = readlink("\(folder)/\(number)", &target, target.count)
      return count > 0 && links.contains(String(decoding: target[..<count], as: UTF8.self))
    }
  }
}
