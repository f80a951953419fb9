/// Another reading of some bytes, and where in them each byte of it comes from.
package struct TextView: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// From which byte of the view on which byte of the original counts; in order.
  private var marks: [(view: Int, original: Int)] = []

  private init() {}

  /// The original offset of a byte of the view.
  package func original(of offset: Int) -> Int {
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].view <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    return marks[low - 1].original + offset - marks[low - 1].view
  }

  /// A text with the escapes of JSON and of most languages taken away, as in a notebook; nil where there are none.
  package static func unescaped(_ bytes: [UInt8]) -> TextView? {
    guard bytes.contains(UInt8(ascii: "\\")), !bytes.contains(0) else { return nil }
    var view = TextView()
    view.bytes.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "\\") { index += 1 }
      if start < index {
        view.marks.append((view.bytes.count, start))
        view.bytes += bytes[start..<index]
      }
      guard index < bytes.count else { break }
      let (byte, length) = escape(bytes[index...])
      view.marks.append((view.bytes.count, index))
      view.bytes.append(byte)
      index += length
    }
    return view
  }

  /// What an escape stands for, and its length; a backslash that begins none stands for itself.
  private static func escape(_ rest: ArraySlice<UInt8>) -> (byte: UInt8, length: Int) {
    let backslash = UInt8(ascii: "\\")
    guard rest.count > 1 else { return (backslash, 1) }
    switch rest[rest.startIndex + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): return (UInt8(ascii: "\n"), 2)
    case UInt8(ascii: "t"): return (UInt8(ascii: "\t"), 2)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"), backslash: return (rest[rest.startIndex + 1], 2)
    case UInt8(ascii: "u") where rest.count >= 6:
      let digits = rest[(rest.startIndex + 2)..<(rest.startIndex + 6)]
      guard let value = Int(String(decoding: digits, as: UTF8.self), radix: 16), (0x20...0x7e).contains(value) else {
        return (backslash, 1)
      }
      return (UInt8(value), 6)
    case _: return (backslash, 1)
    }
  }
}
