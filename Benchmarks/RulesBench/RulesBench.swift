import Glibc
import SecretRules

/// Measures the rules in bytes for each CPU second: `rules-bench [FILE…]`, without a file on what servers and builds
/// print and on hostile input.
@main
enum RulesBench {
  static func main() {
    let start = cpu
    let count = RuleSet.builtIn.rules.count
    print("\(count) rules: \(Int((cpu - start) * 1000)) ms to prepare")
    let paths = CommandLine.arguments.dropFirst()
    for path in paths { measure(path, contents(of: path)) }
    guard paths.isEmpty else { return }
    measure("log", log(lines: 500_000))
    for piece in ["eyJ", "a", "password=", "https://a:", "\"", "="] {
      measure(
        "1 MB of \(piece)", Array([[UInt8]](repeating: Array(piece.utf8), count: 1_000_000 / piece.utf8.count).joined())
      )
    }
  }

  private static func measure(_ name: String, _ bytes: [UInt8]) {
    report("\(name), stream", bytes.count) {
      var masking = LineMasking()
      for start in stride(from: 0, to: bytes.count, by: 65_536) {
        _ = masking.write(bytes[start..<min(bytes.count, start + 65_536)])
      }
      _ = masking.finish()
    }
    report("\(name), file", bytes.count) { _ = RuleSet.builtIn.findings(in: bytes) }
    report("\(name), file, decoded", bytes.count) { _ = RuleSet.builtIn.findings(in: bytes, decoding: true) }
  }

  private static func report(_ name: String, _ size: Int, _ work: () -> Void) {
    let start = cpu
    work()
    print("\(name): \(Int(Double(size) / 1e6 / max(cpu - start, 1e-6))) MB per CPU second")
  }

  private static func contents(of path: String) -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { return [] }
    defer { unsafe fclose(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 20))
    while case let count = unsafe fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  /// Lines as web servers, system services and compilers print them, with names and values that look like secrets.
  private static func log(lines: Int) -> [UInt8] {
    var state: UInt64 = 42
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    func hex() -> String { String(next(1 << 31), radix: 16) }
    var text: [UInt8] = []
    for line in 0..<lines {
      let content =
        switch next(6) {
        case 0: "10.0.0.\(next(255)) - - \"GET /v1/nodes/\(hex())?page=\(next(9)) HTTP/1.1\" 200 \(next(99_999))"
        case 1: "INFO request_id=\(hex())-\(hex()) token refreshed, expires_in=3600 key=user:\(next(9999))"
        case 2: "[\(next(300))/300] Compiling Redaction Secret.swift"
        case 3:
          "sshd[\(next(9999))]: Failed password for invalid user admin from 10.0.0.\(next(255)) port \(next(65_535))"
        case 4:
          "{\"level\":\"info\",\"msg\":\"done\",\"took\":\(next(1000)),\"digest\":\"sha256:\(hex())\(hex())\(hex())\"}"
        default: "warning: variable 'secret' was never used; consider replacing it with '_' (line \(next(500)))"
        }
      text += Array("2026-11-23T11:\(10 + line % 50):\(10 + next(50))Z \(content)\n".utf8)
    }
    return text
  }

  /// Seconds of this process, user and system.
  private static var cpu: Double {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let (user, system) = (usage.ru_utime, usage.ru_stime)
    return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1e6
  }
}
