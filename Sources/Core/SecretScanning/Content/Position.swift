/// Where a byte stands in a text: all numbers from 1.
package struct Position: Hashable, Sendable {
  package let line: Int
  /// In bytes.
  package let column: Int
  /// In code points of UTF-8.
  package let character: Int

  /// The positions of several offsets, each at most the size of the text and none before the one in front of it.
  package static func of(_ offsets: [Int], in bytes: [UInt8]) -> [Position] {
    var (line, start, character, index) = (1, 0, 1, 0)
    return offsets.map { offset in
      while index < offset {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\n") {
          (line, start, character) = (line + 1, index, 1)
        } else if byte & 0xc0 != 0x80 {
          character += 1
        }
      }
      return Position(line: line, column: offset - start + 1, character: character)
    }
  }
}
