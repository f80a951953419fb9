import Glibc
import JSONText
import Redaction
import Synchronization

/// Standard output for data, standard error for talk: the door through which no secret and no control character passes.
enum Output {
  private static let masks = Mutex<[SecretSet]>([])

  /// From now on these secrets are masked in all that is printed.
  static func mask(_ secrets: SecretSet) {
    if !secrets.names.isEmpty { masks.withLock { $0.append(secrets) } }
  }

  static func line(_ text: String) { write(safe(text) + "\n", to: 1) }
  static func complain(_ text: String) { write(safe(text) + "\n", to: 2) }

  /// One document in one line; what JSON leaves as it is and a terminal obeys is escaped.
  static func json(_ value: JSON, to descriptor: Int32 = 1) { write(document(value) + "\n", to: descriptor) }

  /// Text as it may be shown: masked and printable.
  static func safe(_ text: String) -> String { Printable.text(masked(text)) }

  /// A piece of a row as it may be shown.
  static func safeRow(_ text: String) -> String { Printable.row(masked(text)) }

  static func document(_ value: JSON) -> String {
    masked(value.compact).unicodeScalars.reduce(into: "") { text, scalar in
      if (0x7f..<0xa0).contains(scalar.value) {
        text += "\\u00" + String(scalar.value, radix: 16)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  private static func masked(_ text: String) -> String {
    // With a line break behind it: a text that happens to end as a secret begins is not one that was cut off.
    masks.withLock(\.self).reduce(text) { text, secrets in
      let redacted = secrets.redact(text + "\n").text
      return redacted.hasSuffix("\n") ? String(redacted.dropLast()) : redacted
    }
  }

  /// As it is: for what was made of safe pieces.
  static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

  /// A reader that has gone away ends the program's interest in printing, not the program.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// Prints what was recorded, a log or a diff: byte for byte into a file or a pipe, printable on a terminal.
struct RecordOutput {
  private var printable = isatty(1) == 1 ? Printable() : nil

  mutating func write(_ bytes: [UInt8]) {
    if let text = printable?.take(bytes) { Output.write(text, to: 1) } else { Output.write(bytes, to: 1) }
  }

  mutating func finish() {
    if let text = printable?.finish() { Output.write(text, to: 1) }
  }
}
