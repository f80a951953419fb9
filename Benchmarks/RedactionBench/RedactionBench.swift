import Glibc
import Redaction

/// Measures the redactor on what a build prints: `redaction-bench SECRETS MEGABYTES`, in bytes for each CPU second.
@main
enum RedactionBench {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let (count, megabytes) = (arguments.first ?? 100, arguments.dropFirst().first ?? 256)
    var generator = Generator(state: 42)
    let secrets = try (0..<count).map { index in
      try Secret(name: "S\(index)", bytes: (0..<32).map { _ in UInt8(33 + generator.next() % 90) })
    }
    let before = Self.cpu
    let set = SecretSet(secrets)
    let built = Self.cpu - before
    let block = Self.log(&generator)
    var redactor = set.redactor()
    var written = 0
    let start = Self.cpu
    for _ in 0..<(megabytes * 16) {
      unsafe block.withUnsafeBytes { bytes in unsafe redactor.write(bytes) { written += $0.bytes.count } }
    }
    redactor.finish { written += $0.bytes.count }
    let seconds = Self.cpu - start
    let rate = Double(megabytes * 16 * block.count) / 1e6 / seconds
    print(
      "\(count) secrets: \(Int(rate)) MB per CPU second; \(Int(built * 1000)) ms to prepare; \(Self.peak) MB at most")
  }

  /// 64 KiB of lines as servers and compilers print them.
  private static func log(_ generator: inout Generator) -> [UInt8] {
    let words = [
      "GET", "/v1/nodes", "200", "compiling", "Sources/Core/Run.swift", "ok", "took", "ms", "warning:", "node=pve",
      "id=104", "{\"data\":",
    ]
    var text = ""
    while text.utf8.count < 65_536 {
      text += "2026-01-01T00:00:\(10 + generator.next() % 50)Z "
      for _ in 0..<8 { text += words[Int(generator.next() % UInt64(words.count))] + " \(generator.next() % 10_000) " }
      text += "\n"
    }
    return Array(text.utf8.prefix(65_536))
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

  /// Knuth's linear congruential generator: the same input at every run.
  private struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
