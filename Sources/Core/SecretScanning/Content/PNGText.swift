/// The compressed texts of a PNG picture (PNG specification 1.2, 11.3.4: zTXt and iTXt); the others can be read as they are.
package enum PNGText {
  /// Each as a gzip file: a zlib stream (RFC 1950) is the same deflate data in another wrapping.
  package static func compressed(in bytes: [UInt8]) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var index = 8
    while index + 12 <= bytes.count {
      let length = bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = index + 8 + length
      guard end + 4 <= bytes.count else { break }
      let data = bytes[(index + 8)..<end]
      switch String(decoding: bytes[(index + 4)..<(index + 8)], as: UTF8.self) {
      case "zTXt": texts += wrapped(afterKeyword(data)?.dropFirst())
      case "iTXt": texts += wrapped(international(data))
      case _: break
      }
      index = end + 4
    }
    return texts
  }

  /// What stands behind a keyword and its zero.
  private static func afterKeyword(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    data.firstIndex(of: 0).map { data[($0 + 1)...] }
  }

  /// keyword 0 flag method language 0 translated-keyword 0 text; nil where the text is not compressed.
  private static func international(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let rest = afterKeyword(data), rest.first == 1 else { return nil }
    return afterKeyword(rest.dropFirst(2)).flatMap(afterKeyword)
  }

  private static func wrapped(_ zlib: ArraySlice<UInt8>?) -> [[UInt8]] {
    guard let zlib, zlib.count > 6 else { return [] }
    let deflate = zlib.dropFirst(2).dropLast(4)
    // Checksum and size are not looked at by those who unpack it.
    return [[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff] + deflate + [UInt8](repeating: 0, count: 8)]
  }
}
