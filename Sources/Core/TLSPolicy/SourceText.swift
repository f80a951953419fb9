/// A file as the text that a program reads in it.
package enum SourceText {
  /// The text in UTF-8; nil for what is binary.
  ///
  /// Text is what git takes for it (buffer_is_binary in xdiff-interface.c: no NUL in the first 8000 bytes), and UTF-16 with
  /// its mark, or without one where all of these bytes are ASCII's.
  package static func utf8(of bytes: [UInt8]) -> [UInt8]? {
    if bytes.starts(with: [0xff, 0xfe]) { return utf8(ofUnits: bytes.dropFirst(2), high: 1) }
    if bytes.starts(with: [0xfe, 0xff]) { return utf8(ofUnits: bytes.dropFirst(2), high: 0) }
    let start = bytes.prefix(8000)
    guard start.contains(0) else { return bytes }
    for high in [0, 1] where start.count > 1 {
      let halves = stride(from: 0, to: start.count - 1, by: 2)
      let isASCII = halves.allSatisfy { start[$0 + 1 - high] != 0 && start[$0 + high] == 0 }
      if isASCII { return utf8(ofUnits: bytes[...], high: high) }
    }
    return nil
  }

  /// `high` is where the more significant byte of each pair stands; a last byte without its pair is left out.
  private static func utf8(ofUnits bytes: ArraySlice<UInt8>, high: Int) -> [UInt8] {
    let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
      UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
