/// What identifies a started service for ever: a process id alone may be given to a stranger.
package struct ServiceRecord: Hashable, Sendable {
  /// The process id, which is also the id of its session and its process group.
  package let pid: Int32
  /// Field 22 of `/proc/PID/stat`: clock ticks between boot and the start of the process.
  package let startTicks: UInt64
  /// `/proc/sys/kernel/random/boot_id` at the start.
  package let bootID: String
  /// The TCP port that the readiness address names; nil where the service has none.
  package let port: UInt16?

  package init(pid: Int32, startTicks: UInt64, bootID: String, port: UInt16?) {
    self.pid = pid
    self.startTicks = startTicks
    self.bootID = bootID
    self.port = port
  }
}
