/// A command as the configuration writes it.
package enum CommandLine: Hashable, Sendable, CustomStringConvertible {
  /// One string: run by `/bin/sh -c`.
  case shell(String)
  /// A list: the program and its arguments, run as they are; never empty.
  case program([String])

  /// As a person would type it; arguments with other than plain characters are quoted for a POSIX shell.
  package var description: String {
    switch self {
    case .shell(let text): text
    case .program(let words): words.map(Self.quoted).joined(separator: " ")
    }
  }

  private static func quoted(_ word: String) -> String {
    let plain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_-./:=@%+,{}".utf8.contains(byte)
        }
      }
    return plain
      ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
