import Glibc
import Testing

@testable import Processes

@Suite struct `Listening sockets` {
  /// A socket on a port that the system chose, of which two may listen on the same.
  private static func listen(_ family: Int32, on port: UInt16 = 0) throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    for option in [SO_REUSEADDR, SO_REUSEPORT] {
      setsockopt(descriptor, SOL_SOCKET, option, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
    if family == AF_INET6 {
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
    // Family, port and zeros stand at the same places for both families: any address.
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(family)
    address.sin6_port = port.bigEndian
    var size = socklen_t(family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(bound && Glibc.listen(descriptor, 1) == 0)
    return (descriptor, UInt16(bigEndian: address.sin6_port))
  }

  @Test(arguments: [[AF_INET], [AF_INET6], [AF_INET, AF_INET], [AF_INET, AF_INET6]])
  func `are told the same over netlink as by the list of all connections`(families: [Int32]) throws {
    var port: UInt16 = 0
    var descriptors: [Int32] = []
    for family in families {
      let (descriptor, given) = try Self.listen(family, on: port)
      descriptors.append(descriptor)
      port = given
    }
    let inodes = Set(ListeningSockets.listed(on: port))
    #expect(inodes.count == families.count)
    #expect(SocketDiagnostics.listeners(on: port).map(Set.init) == inodes)
    for descriptor in descriptors { close(descriptor) }
    #expect(SocketDiagnostics.listeners(on: port) == [])
    #expect(ListeningSockets.listed(on: port).isEmpty)
  }
}
