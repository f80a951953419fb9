import DeliveryLoop
import Glibc

/// Finds the file that a command line starts.
enum Executable {
  /// Program and arguments; a shell's text goes to `/bin/sh`.
  static func words(of line: CommandLine) -> [String] {
    switch line {
    case .shell(let text): ["/bin/sh", "-c", text]
    case .program(let words): words.isEmpty ? [""] : words
    }
  }

  /// As execvp(3) does it, but with the child's own PATH and folder; nil when there is no such executable file.
  static func locate(_ name: String, path: String, from directory: String) -> String? {
    guard !name.isEmpty else { return nil }
    if name.contains("/") {
      let file = name.hasPrefix("/") ? name : "\(directory)/\(name)"
      return isExecutable(file) ? file : nil
    }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
