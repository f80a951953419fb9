import Glibc

/// From which processes this one came.
package enum Ancestry {
  /// Whether this process, or one from which it came, holds a lock on a file (flock(2)): the system itself says so, whatever
  /// the environment looks like.
  package static func holdsLock(on path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let line = ProcessTable.ancestry(of: getpid())
    // "1: FLOCK  ADVISORY  WRITE 4711 08:02:1234 0 EOF" (proc_locks(5))
    return ProcessTable.contents("/proc/locks").split(separator: UInt8(ascii: "\n")).contains { entry in
      let words = entry.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count > 5, words[1] == "FLOCK", words[3] == "WRITE", let pid = pid_t(words[4]) else { return false }
      return words[5].hasSuffix(":\(status.st_ino)") && line.contains(pid)
    }
  }

  /// The values that a variable had when this process and those from which it came were started; what cannot be read is left
  /// out.
  package static func values(of name: String) -> Set<String> {
    var values = Set([ProcessSafety.environment[name]].compactMap(\.self))
    for pid in ProcessTable.ancestry(of: getpid()) {
      let mark = Array("\(name)=".utf8)
      for entry in ProcessTable.contents("/proc/\(pid)/environ").split(separator: 0) where entry.starts(with: mark) {
        values.insert(String(decoding: entry.dropFirst(mark.count), as: UTF8.self))
      }
    }
    return values
  }
}
