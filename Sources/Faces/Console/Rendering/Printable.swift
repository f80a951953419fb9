/// Makes text fit for a terminal, whoever wrote it: what would command the terminal is shown, and does nothing.
///
/// The control characters of ASCII become their pictures (Unicode, block "Control Pictures"), those of Latin-1 U+FFFD. As a
/// value it filters a stream of bytes, whose characters may be cut between two pieces.
struct Printable {
  /// The beginning of a character, or a carriage return that may belong to a line break.
  private var held: [UInt8] = []

  /// Line breaks and tabs stay.
  static func text(_ text: String) -> String {
    harmless(text) { $0 == "\n" || $0 == "\t" ? $0 : picture($0) }
  }

  /// One row: a tab becomes a blank, a line break its picture.
  static func row(_ text: String) -> String {
    harmless(text) { $0 == "\t" ? " " : picture($0) }
  }

  mutating func take(_ bytes: [UInt8]) -> String {
    held += bytes
    let count = held.count - Self.unfinished(held)
    defer { held.removeFirst(count) }
    return Self.text(String(decoding: held[..<count], as: UTF8.self))
  }

  /// What was held back, at the end of the stream.
  mutating func finish() -> String {
    defer { held = [] }
    return Self.text(String(decoding: held, as: UTF8.self))
  }

  private static func harmless(_ text: String, _ replace: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = String.UnicodeScalarView()
    var isReturn = false
    for scalar in text.unicodeScalars {
      // A line break as other systems write it is one, and moves nothing.
      if isReturn, scalar != "\n" { result.append(picture("\r")) }
      isReturn = scalar == "\r"
      if !isReturn { result.append(isControl(scalar) ? replace(scalar) : scalar) }
    }
    if isReturn { result.append(picture("\r")) }
    return String(result)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
  }

  private static func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let picture = scalar.value < 0x20 ? 0x2400 + scalar.value : scalar.value == 0x7f ? 0x2421 : 0xfffd
    return Unicode.Scalar(picture) ?? "\u{fffd}"
  }

  /// How many bytes at the end wait for what follows them.
  private static func unfinished(_ bytes: [UInt8]) -> Int {
    if bytes.last == UInt8(ascii: "\r") { return 1 }
    for (distance, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xc0 != 0x80 {
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > distance + 1 ? distance + 1 : 0
    }
    return 0
  }
}
