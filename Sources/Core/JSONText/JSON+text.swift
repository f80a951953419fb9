extension JSON {
  /// Without white space, members in their order, escaped as little as RFC 8259 allows: `"`, `\` and control characters.
  package var compact: String {
    var text: [UInt8] = []
    write(into: &text, indent: nil, depth: 0)
    return String(decoding: text, as: UTF8.self)
  }

  /// One member or element a line, two blanks a level, without a final line break.
  package var pretty: String {
    var text: [UInt8] = []
    write(into: &text, indent: 2, depth: 0)
    return String(decoding: text, as: UTF8.self)
  }

  private func write(into text: inout [UInt8], indent: Int?, depth: Int) {
    switch self {
    case .null: text += Array("null".utf8)
    case .bool(let value): text += Array((value ? "true" : "false").utf8)
    case .number(let number): text += Array(number.literal.utf8)
    case .string(let string): Self.quote(string, into: &text)
    case .array(let elements):
      Self.enclose("[", "]", elements, into: &text, indent: indent, depth: depth) { element, text in
        element.write(into: &text, indent: indent, depth: depth + 1)
      }
    case .object(let object):
      Self.enclose("{", "}", object.members, into: &text, indent: indent, depth: depth) { member, text in
        Self.quote(member.name, into: &text)
        text += Array((indent == nil ? ":" : ": ").utf8)
        member.value.write(into: &text, indent: indent, depth: depth + 1)
      }
    }
  }

  private static func enclose<Item>(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ items: [Item], into text: inout [UInt8], indent: Int?, depth: Int,
    each: (Item, inout [UInt8]) -> Void
  ) {
    func breakLine(_ depth: Int) {
      guard let indent, !items.isEmpty else { return }
      text.append(0x0a)
      text.append(contentsOf: repeatElement(0x20, count: indent * depth))
    }
    text.append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
      if index > 0 { text.append(0x2c) }
      breakLine(depth + 1)
      each(item, &text)
    }
    breakLine(depth)
    text.append(UInt8(ascii: close))
  }

  private static func quote(_ string: String, into text: inout [UInt8]) {
    text.append(0x22)
    for byte in string.utf8 {
      switch byte {
      case 0x22, 0x5c: text += [0x5c, byte]
      case 0x08: text += [0x5c, 0x62]
      case 0x09: text += [0x5c, 0x74]
      case 0x0a: text += [0x5c, 0x6e]
      case 0x0c: text += [0x5c, 0x66]
      case 0x0d: text += [0x5c, 0x72]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        text += [0x5c, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: text.append(byte)
      }
    }
    text.append(0x22)
  }
}
