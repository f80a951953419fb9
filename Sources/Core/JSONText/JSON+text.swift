extension JSON {
  /// Without white space, members in their order, escaped as little as RFC 8259 allows: `"`, `\` and control characters.
  package var compact: String { String(decoding: compactBytes, as: UTF8.self) }

  /// The same as bytes, in UTF-8.
  package var compactBytes: [UInt8] {
    var writer = JSONWriter(indent: nil)
    writer.write(self)
    return writer.bytes
  }

  /// One member or element a line, `indent` blanks a level, without a final line break.
  package func pretty(indent: Int = 2) -> String {
    var writer = JSONWriter(indent: indent)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Collects the text of a document.
private struct JSONWriter {
  private let indent: Int?
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  init(indent: Int?) { self.indent = indent }

  mutating func write(_ json: JSON) {
    switch json {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number): bytes.append(contentsOf: number.literal.utf8)
    case .string(let text): quote(text)
    case .array(let elements):
      open("[")
      for index in elements.indices {
        separate(index)
        write(elements[index])
      }
      close("]", isEmpty: elements.isEmpty)
    case .object(let object):
      open("{")
      for (index, member) in object.members.enumerated() {
        separate(index)
        quote(member.name)
        bytes.append(contentsOf: (indent == nil ? ":" : ": ").utf8)
        write(member.value)
      }
      close("}", isEmpty: object.isEmpty)
    }
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    depth += 1
  }

  private mutating func separate(_ index: Int) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    breakLine()
  }

  private mutating func close(_ bracket: Unicode.Scalar, isEmpty: Bool) {
    depth -= 1
    if !isEmpty { breakLine() }
    bytes.append(UInt8(ascii: bracket))
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(0x0a)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * depth))
  }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    if text.utf8.contains(where: Self.needsEscape) {
      for byte in text.utf8 { if Self.needsEscape(byte) { escape(byte) } else { bytes.append(byte) } }
    } else {
      bytes.append(contentsOf: text.utf8)
    }
    bytes.append(0x22)
  }

  private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5c }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5c)
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x0c: bytes.append(UInt8(ascii: "f"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    case 0..<0x20:
      let low = byte & 15
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(48 + byte >> 4)
      bytes.append(low < 10 ? 48 + low : 87 + low)
    default: bytes.append(byte)
    }
  }
}
