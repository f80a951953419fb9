import FoundationEssentials
import Glibc
import LiveChecks

/// Measures what judging a large response costs: `check-bench [MEGABYTES]`, time of the wall and of the processor, and the most
/// memory that the process ever had, the response itself included.
@main
enum CheckBench {
  static let checks = """
    GET http://127.0.0.1/items
    HTTP 200
    [Asserts]
    jsonpath "$.items[*].id" count > 1000
    jsonpath "$.items[-1].name" startsWith "vm-"
    jsonpath "$..price" count > 1000
    jsonpath "$.items[?@.id == 4711].note" count == 1
    jsonpath "$.total" == 12345678901234567890123
    """

  static func main() throws {
    let megabytes = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 100 : 100
    let response = HTTPResponse(status: 200, body: body(of: megabytes * 1_000_000))
    // The loop looks for what an answer hands out as well.
    for notices in [false, true] { try measure(response, megabytes, noticing: notices) }
  }

  private static func measure(_ response: HTTPResponse, _ megabytes: Int, noticing notices: Bool) throws {
    var settings = SessionSettings()
    settings.noticesIssuedSecrets = notices
    var session = CheckSession(file: try CheckFile.parse(Array(checks.utf8), name: "bench.hurl"), settings: settings)
    guard case .send = session.next() else { return print("nothing is sent") }
    let before = clock()
    let time = ContinuousClock().measure { session.receive(.response(response)) }
    let processor = Double(clock() - before) / Double(CLOCKS_PER_SEC)
    guard case .finish(let report) = session.next(), report.verdict == .passed else {
      return print("it did not pass:\n\(session.report.rendering)")
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    print(
      "\(megabytes) MB of JSON, five paths\(notices ? ", and what it hands out" : ""): \(rounded(seconds)) s wall, "
        + "\(rounded(processor)) s CPU, \(peak) MB at most")
  }

  private static func body(of size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1000)
    bytes += Array(#"{"total":12345678901234567890123,"items":["#.utf8)
    var number = 0
    while bytes.count < size {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      let item =
        #"{"id":\#(number),"name":"vm-\#(number)","tags":["a","b"],"price":\#(number).25,"on":true,"note":"some text of it"}"#
      bytes.append(contentsOf: item.utf8)
      number += 1
    }
    return bytes + Array("]}".utf8)
  }

  /// In MB, as the kernel has counted it (proc(5), VmHWM).
  private static var peak: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) / 1000
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
}
