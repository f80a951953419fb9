package import Engine
import Glibc
import SecretScanning

/// Files outside of any repository, or in a working tree, as things to be looked at for secrets.
package enum FileItems {
  /// Of a file, or of all files below a folder in the order of their names, without those of git itself.
  ///
  /// Links are followed when they are asked for by name; below a folder their targets are looked at as texts. nil when there is
  /// nothing at the path. `leavesOut` is asked with absolute paths, for what is found below a folder.
  package static func at(
    _ path: String, in directory: String, leavesOut: (_ path: String, _ isFolder: Bool) -> Bool
  ) -> [ScanItem]? {
    let place = path.hasPrefix("/") ? path : "\(directory)/\(path)"
    var status = stat()
    guard stat(place, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [file(place, shown: path)] }
    guard let real = realpath(place, nil) else { return nil }
    defer { free(real) }
    var items: [ScanItem] = []
    let shown = path == "." ? "" : path.hasSuffix("/") ? path : "\(path)/"
    walk(String(cString: real), shown: shown, leavesOut, &items)
    return items
  }

  /// What comes from a descriptor, such as standard input.
  package static func stream(_ descriptor: Int32, shown: String) -> ScanItem {
    ScanItem(ScanPlace(.file(shown))) { () throws(Unscanned.Reason) in try contents(descriptor) }
  }

  private static func walk(
    _ folder: String, shown: String, _ leavesOut: (String, Bool) -> Bool, _ items: inout [ScanItem]
  ) {
    guard let names = names(in: folder) else {
      let reason = Unscanned.Reason.unreadable(PrivateFolder.reason())
      return items.append(ScanItem(ScanPlace(.file(shown))) { () throws(Unscanned.Reason) in throw reason })
    }
    for name in names where name != ".git" {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      let kind = status.st_mode & S_IFMT
      if leavesOut(path, kind == S_IFDIR) { continue }
      switch kind {
      case S_IFDIR: walk(path, shown: "\(shown)\(name)/", leavesOut, &items)
      case S_IFREG: items.append(file(path, shown: shown + name))
      case S_IFLNK: items.append(link(path, shown: shown + name))
      // Nothing is kept in a pipe, a socket or a device.
      case _: continue
      }
    }
  }

  /// Sorted; nil when the folder cannot be read.
  private static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func file(_ path: String, shown: String) -> ScanItem {
    ScanItem(ScanPlace(.file(shown))) { () throws(Unscanned.Reason) in
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .unreadable(PrivateFolder.reason()) }
      defer { close(descriptor) }
      return try contents(descriptor)
    }
  }

  private static func link(_ path: String, shown: String) -> ScanItem {
    ScanItem(ScanPlace(.file(shown))) { () throws(Unscanned.Reason) in
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &target, target.count)
      guard count >= 0 else { throw .unreadable(PrivateFolder.reason()) }
      return target[..<count].map { UInt8(bitPattern: $0) }
    }
  }

  private static func contents(_ descriptor: Int32) throws(Unscanned.Reason) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(PrivateFolder.reason()) }
    if Int(status.st_size) > ScanItem.largest { throw .tooLarge(limit: ScanItem.largest) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 { throw .unreadable(PrivateFolder.reason()) }
      if count == 0 { return bytes }
      if bytes.count + count > ScanItem.largest { throw .tooLarge(limit: ScanItem.largest) }
      bytes += chunk[..<count]
    }
  }
}
