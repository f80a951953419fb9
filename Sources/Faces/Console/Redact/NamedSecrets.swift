import DeliveryLoop
import Engine
import FileSystem
import Redaction

/// Reads the values that are to be masked.
enum NamedSecrets {
  static func secret(in variable: String, of environment: [String: String]) throws -> Secret {
    guard let value = environment[variable] else {
      throw SecretProblem.unset(name: variable, source: .environment)
    }
    // Bytes that are no text were lost on their way here, so that the value itself would not be masked.
    if value.unicodeScalars.contains("\u{fffd}") { throw SecretProblem.notText(name: variable) }
    do { return try Secret(name: variable, value: value) } catch { throw SecretProblem.refused(error) }
  }

  /// `NAME=value` lines of any bytes, as shells and `.env` files have them; blank lines and comments say nothing.
  static func read(_ path: String) throws -> [Secret] {
    guard var bytes = FileReader.contents(path) else { throw Mistake.noSuchFile(path) }
    if bytes.starts(with: "\u{feff}".utf8) { bytes.removeFirst(3) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return try lines.enumerated().flatMap { try secrets(in: $1, of: path, $0 + 1) }
  }

  private static func secrets(in line: ArraySlice<UInt8>, of path: String, _ number: Int) throws -> [Secret] {
    let place = "\(path):\(number)"
    var rest = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    if rest.isEmpty || rest.first == UInt8(ascii: "#") { return [] }
    if rest.starts(with: "export ".utf8) { rest = rest.dropFirst(7).drop { $0 == UInt8(ascii: " ") } }
    let column = rest.startIndex - line.startIndex + 1
    guard let sign = rest.firstIndex(of: UInt8(ascii: "=")), sign > rest.startIndex,
      rest[..<sign].allSatisfy(isOfName)
    else { throw Mistake.notASecret("\(place):\(column)", "is not written NAME=value") }
    let (name, value) = (String(decoding: rest[..<sign], as: UTF8.self), Array(rest[(sign + 1)...]))
    do {
      return try readings(of: value).map { try Secret(name: name, bytes: $0) }
    } catch let refusal as SecretRefusal {
      let place = "\(place):\(sign + 1 - line.startIndex + 1)"
      throw Mistake.notASecret(place, "cannot be masked: \(Wording.of(SecretProblem.refused(refusal)).message)")
    }
  }

  /// Whether quotation marks around a value are part of it is for its readers to say.
  private static func readings(of value: [UInt8]) -> [[UInt8]] {
    guard value.count > 2, let mark = value.first, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'"),
      value.last == mark
    else { return [value] }
    return [Array(value.dropFirst().dropLast()), value]
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    case _: false
    }
  }
}
