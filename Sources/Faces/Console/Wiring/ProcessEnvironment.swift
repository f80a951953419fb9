import Glibc
import Processes

/// The environment in which the program was started, and what of it others get to see.
package struct ProcessEnvironment: Sendable {
  package let all: [String: String]
  package let directory: String
  /// Absolute path of the program itself.
  let program: String
  let pid: Int32

  package static var own: ProcessEnvironment {
    ProcessEnvironment(
      all: ProcessSafety.environment, directory: EnvironmentBlock.directory, program: EnvironmentBlock.program,
      pid: getpid())
  }

  /// What configured commands get without asking: who and where one is, and where programs are.
  var forChildren: [String: String] {
    only(["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "XDG_CACHE_HOME"])
  }

  /// What git gets besides, so that the user's own way to the remote works.
  var forGit: [String: String] {
    var environment = forChildren
    for (name, value) in all where name.hasPrefix("GIT_") || name.hasPrefix("SSH_") || name.hasPrefix("XDG_") {
      environment[name] = value
    }
    let rest = [
      "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "GNUPGHOME",
    ]
    return environment.merging(only(rest)) { $1 }
  }

  private func only(_ names: [String]) -> [String: String] {
    var environment: [String: String] = [:]
    for name in names { environment[name] = all[name] }
    return environment
  }
}

/// Reads what the system handed to this program at its start.
private enum EnvironmentBlock {
  static var program: String {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return "waybill" }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  static var directory: String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
