extension [UInt8] {
  /// Where `part` occurs, from left to right and without overlaps; nowhere when it is empty.
  func ranges(of part: [UInt8]) -> [Range<Int>] {
    guard let first = part.first, part.count <= count else { return [] }
    var ranges: [Range<Int>] = []
    var index = 0
    while index <= count - part.count {
      if self[index] == first, self[index..<(index + part.count)].elementsEqual(part) {
        ranges.append(index..<(index + part.count))
        index += part.count
      } else {
        index += 1
      }
    }
    return ranges
  }
}

extension String {
  /// The texts between the places where `separator` occurs, compared scalar by scalar: `\r\n` is two of them.
  func parts(separatedBy separator: String) -> [String] {
    let bytes = Array(utf8)
    var parts: [String] = []
    var start = 0
    for range in bytes.ranges(of: Array(separator.utf8)) {
      parts.append(String(decoding: bytes[start..<range.lowerBound], as: UTF8.self))
      start = range.upperBound
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }
}
