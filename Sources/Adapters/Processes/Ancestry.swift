import Glibc

/// From which processes this one came.
package enum Ancestry {
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
