import Glibc

/// What `/proc` shows of one process (proc_pid_stat(5)).
struct ProcessEntry: Hashable {
  let pid: pid_t
  let state: UInt8
  let parent: pid_t
  let group: pid_t
  let session: pid_t
  /// CPU time of its own and of the children that it has waited for, in clock ticks.
  let cpuTicks: UInt64
  let startTicks: UInt64

  /// At work, or waiting for nothing but a CPU.
  var isRunnable: Bool { state == UInt8(ascii: "R") }
  var isZombie: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }
}

/// Reads processes from `/proc`; one that ends meanwhile is simply not there.
enum ProcessTable {
  static func entry(_ pid: pid_t) -> ProcessEntry? {
    let line = contents("/proc/\(pid)/stat")
    // The program's name may hold blanks and parentheses; the last one closes it.
    guard let close = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = line[(close + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count > 19, let state = fields[0].utf8.first, let parent = pid_t(fields[1]),
      let group = pid_t(fields[2]),
      let session = pid_t(fields[3]), let ticks = UInt64(fields[19])
    else { return nil }
    // utime, stime, cutime and cstime.
    let used = fields[11...14].reduce(0) { $0 &+ (UInt64($1) ?? 0) }
    return ProcessEntry(
      pid: pid, state: state, parent: parent, group: group, session: session, cpuTicks: used, startTicks: ticks)
  }

  /// The process and all from which it came, up to the first.
  static func ancestry(of pid: pid_t) -> Set<pid_t> {
    var line: Set<pid_t> = []
    var next: pid_t? = pid
    while let pid = next, pid > 0, line.insert(pid).inserted { next = entry(pid)?.parent }
    return line
  }

  static func all() -> [ProcessEntry] { numbers(in: "/proc").compactMap { entry(pid_t($0)) } }

  /// Whether the environment with which a process was started has the entry, such as `NAME=value`.
  static func environment(of pid: pid_t, has entry: String) -> Bool {
    let wanted = Array(entry.utf8)
    return contents("/proc/\(pid)/environ").split(separator: 0).contains { $0.elementsEqual(wanted) }
  }

  /// Program and arguments, cut at 200 characters.
  static func command(of pid: pid_t) -> String {
    let words = contents("/proc/\(pid)/cmdline").split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return String(words.joined(separator: " ").prefix(200))
  }

  /// The identity of this boot; pids and start ticks mean nothing beyond it.
  static let bootID: String = String(
    decoding: contents("/proc/sys/kernel/random/boot_id").prefix { $0 != 0x0a }, as: UTF8.self)

  /// The entries of a folder whose names are numbers.
  static func numbers(in folder: String) -> [Int] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var numbers: [Int] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let number = Int(name) { numbers.append(number) }
    }
    return numbers
  }

  /// The whole of a small file; empty when it cannot be read.
  static func contents(_ path: String) -> [UInt8] {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(file, &chunk, chunk.count)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
