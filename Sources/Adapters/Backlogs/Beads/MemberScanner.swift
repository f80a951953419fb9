/// Finds the members of the outermost object in the bytes of a valid JSON document.
struct MemberScanner {
  let bytes: [UInt8]
  private var offset: Int

  init(bytes: [UInt8]) {
    self.bytes = bytes
    offset = (bytes.firstIndex(of: UInt8(ascii: "{")) ?? bytes.count) + 1
  }

  /// Where the next name stands, quotes included, and where its value does.
  mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
    skip { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
    let name = string()
    skip { $0 <= 0x20 || $0 == UInt8(ascii: ":") }
    return (name, value())
  }

  private mutating func value() -> Range<Int> {
    let start = offset
    var depth = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        _ = string()
        if depth == 0 { return start..<offset }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return start..<offset }
        depth -= 1
        if depth == 0 {
          offset += 1
          return start..<offset
        }
      case UInt8(ascii: ","), 0...0x20: if depth == 0 { return start..<offset }
      case _: break
      }
      offset += 1
    }
    return start..<offset
  }

  private mutating func string() -> Range<Int> {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    offset = min(offset + 1, bytes.count)
    return start..<offset
  }

  private mutating func skip(_ condition: (UInt8) -> Bool) {
    while offset < bytes.count, condition(bytes[offset]) { offset += 1 }
  }
}
