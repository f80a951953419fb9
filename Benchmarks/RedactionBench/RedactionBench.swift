import Glibc
import Redaction

/// Measures the redactor in bytes for each CPU second: `redaction-bench INPUT SECRETS MEGABYTES`, where an input without a name is
/// a text that is repeated.
@main
enum RedactionBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[2]), let megabytes = Int(arguments[3]) else {
      print("redaction-bench \(Input.names.keys.sorted().joined(separator: "|"))|TEXT SECRETS MEGABYTES")
      exit(64)
    }
    let input = Input.names[arguments[1]] ?? .repeated(arguments[1])
    var generator = Generator(state: 42)
    let secrets = try input.secrets(count, &generator)
    let before = Self.cpu
    let set = SecretSet(secrets)
    let built = Self.cpu - before
    let block = input.block(&generator)
    var redactor = set.redactor()
    var written = 0
    unsafe input.beginning.withUnsafeBytes { bytes in unsafe redactor.write(bytes) { written += $0.bytes.count } }
    let start = Self.cpu
    for _ in 0..<(megabytes * 16) {
      unsafe block.withUnsafeBytes { bytes in unsafe redactor.write(bytes) { written += $0.bytes.count } }
    }
    redactor.finish { written += $0.bytes.count }
    let seconds = Self.cpu - start
    let rate = Double(megabytes * 16 * block.count) / 1e6 / seconds
    print(
      "\(arguments[1].debugDescription), \(count) secrets: \(Int(rate)) MB per CPU second; \(Int(built * 1000)) ms to prepare;",
      "\(Self.peak) MB at most")
  }

  private static var usage: rusage {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  /// Seconds of this process, user and system.
  private static var cpu: Double {
    let (user, system) = (usage.ru_utime, usage.ru_stime)
    return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1e6
  }

  /// The most memory so far, in megabytes.
  private static var peak: Int { usage.ru_maxrss / 1024 }
}
