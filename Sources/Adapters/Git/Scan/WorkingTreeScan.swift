import CGit2
import Engine
import Glibc
import Synchronization

/// Finds quickly what in a working tree may differ from its index, for the library to look at: all that is as old, as long and
/// the same inode as the index says, and every folder that holds nothing else, need no second look.
///
/// It works on several threads, as git does (core.preloadIndex). It knows neither filters nor ignore rules: of its suspects
/// the library says which have changed. What it does not suspect has not changed.
final class WorkingTreeScan: @unchecked Sendable {
  /// One folder that holds tracked files: its part of the index, and how long its path with the slash at the end is.
  private struct Folder {
    let entries: Range<Int>
    let prefix: Int
  }

  private let root: String
  private let entries: [UnsafePointer<git_index_entry>]
  let indexTime: timespec
  private var folders: [Folder] = []
  private let next = Atomic<Int>(0)
  private let found = Mutex<[[UInt8]]>([])

  /// `index` must neither be changed nor freed before the scan has ended; `indexTime` is the age of its file, taken before
  /// it was read.
  init(root: String, index: OpaquePointer, indexTime: timespec) {
    self.root = root
    self.indexTime = indexTime
    entries = (0..<git_index_entrycount(index)).compactMap { git_index_get_byindex(index, $0) }
    list(Folder(entries: 0..<entries.count, prefix: 0))
  }

  /// Walks on threads of its own while `meanwhile` runs on this one; returns paths as git has them, a folder with a slash at
  /// its end.
  func run<Result>(
    meanwhile: () throws(RepositoryError) -> Result
  ) throws(RepositoryError) -> ([[UInt8]], Result) {
    var threads = start(entries.count < 500 ? 0 : min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 8))
    defer { for thread in threads { pthread_join(thread, nil) } }
    let result = try meanwhile()
    work()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
    return (found.withLock { $0 }, result)
  }

  /// Signals stay with the threads that wait for them.
  private func start(_ count: Int) -> [pthread_t] {
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var threads: [pthread_t] = []
    for _ in 0..<count {
      var thread = pthread_t()
      let scan = Unmanaged.passRetained(self)
      let code = pthread_create(
        &thread, nil,
        { scan in
          if let scan { Unmanaged<WorkingTreeScan>.fromOpaque(scan).takeRetainedValue().work() }
          return nil
        }, scan.toOpaque())
      if code == 0 { threads.append(thread) } else { scan.release() }
    }
    return threads
  }

  private func path(_ number: Int) -> UnsafePointer<CChar> { entries[number].pointee.path }

  /// Notes a folder and those in it.
  private func list(_ folder: Folder) {
    folders.append(folder)
    _ = eachChild(of: folder) { _, inner in
      if let inner { list(inner) }
    }
  }

  /// The folder in which an entry lies below another one; nil when it lies in that one itself.
  private func inner(_ number: Int, of folder: Folder) -> Folder? {
    let path = path(number)
    guard let slash = strchr(path + folder.prefix, 47) else { return nil }
    let prefix = UnsafePointer(slash) - path + 1
    // Paths are sorted byte by byte, so those with one beginning stand together.
    var (low, high) = (number + 1, folder.entries.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if strncmp(self.path(middle), path, prefix) == 0 { low = middle + 1 } else { high = middle }
    }
    return Folder(entries: number..<low, prefix: prefix)
  }

  private func work() {
    var suspects: [[UInt8]] = []
    while case let number = next.add(1, ordering: .relaxed).oldValue, number < folders.count {
      look(at: folders[number], &suspects)
    }
    found.withLock { $0 += suspects }
  }

  private func look(at folder: Folder, _ suspects: inout [[UInt8]]) {
    let prefix = folder.prefix == 0 ? [] : Array(Self.bytes(path(folder.entries.lowerBound))[..<folder.prefix])
    let file = open(Self.cString(Array(root.utf8) + [47] + prefix), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0, let directory = fdopendir(file) else {
      if file >= 0 { close(file) }
      suspects += folder.entries.map { Self.bytes(path($0)) }
      return
    }
    defer { closedir(directory) }
    var isComplete = true
    let children = eachChild(of: folder) { number, inner in
      if let inner {
        let name = Array(Self.bytes(path(number))[folder.prefix..<(inner.prefix - 1)])
        if Self.isFolder(name, in: file) { return }
        // Not to be looked for behind a link that stands in its place.
        isComplete = false
        suspects += inner.entries.map { Self.bytes(path($0)) }
      } else if !isUnchanged(entries[number].pointee, name: path(number) + folder.prefix, in: file, &isComplete) {
        suspects.append(Self.bytes(path(number)))
      }
    }
    // As many names as there should be, and none of those missing: there is no other.
    if isComplete, Self.count(directory) == children { return }
    rewinddir(directory)
    var known: Set<[UInt8]> = []
    _ = eachChild(of: folder) { number, inner in
      let name = Self.bytes(path(number))[folder.prefix..<(inner.map { $0.prefix - 1 } ?? Int(strlen(path(number))))]
      // A folder is known with its slash: a link in its place is another thing.
      known.insert(Array(name) + (inner == nil ? [] : [47]))
    }
    Self.addStrangers(in: directory, file, to: known, under: prefix, &suspects)
  }

  /// Visits the files and folders that the index has in a folder, and counts them.
  private func eachChild(of folder: Folder, _ visit: (Int, Folder?) -> Void) -> Int {
    var (number, count) = (folder.entries.lowerBound, 0)
    while number < folder.entries.upperBound {
      let inner = inner(number, of: folder)
      visit(number, inner)
      number = inner?.entries.upperBound ?? number + 1
      count += 1
    }
    return count
  }
}
