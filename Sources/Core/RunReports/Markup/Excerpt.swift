/// As much of a text as a page has room for; how much that is, the page says.
package struct Excerpt: Sendable {
  let text: String
  /// Bytes that are not shown, at its beginning or at its end.
  let leftOut: Int64

  /// The beginning, in at most `limit` bytes of a page.
  package init(beginningOf bytes: [UInt8], of size: Int64? = nil, upTo limit: Int) {
    var (count, cost) = (0, 0)
    while count < bytes.count, cost + Escaping.cost(bytes[count]) <= limit {
      cost += Escaping.cost(bytes[count])
      count += 1
    }
    // A character is not cut in two.
    while count > 0, count < bytes.count, bytes[count] & 0xc0 == 0x80 { count -= 1 }
    text = String(decoding: bytes[..<count], as: UTF8.self)
    leftOut = (size ?? Int64(bytes.count)) - Int64(count)
  }

  /// The end, in at most `limit` bytes of a page; from the beginning of a line on, where there is one.
  package init(endOf bytes: [UInt8], of size: Int64? = nil, upTo limit: Int) {
    let size = size ?? Int64(bytes.count)
    var (start, cost) = (bytes.count, 0)
    while start > 0, cost + Escaping.cost(bytes[start - 1]) <= limit {
      start -= 1
      cost += Escaping.cost(bytes[start])
    }
    if start > 0 || size > bytes.count, let line = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if line + 1 < bytes.count { start = line + 1 }
    }
    while start < bytes.count, start > 0, bytes[start] & 0xc0 == 0x80 { start += 1 }
    text = String(decoding: bytes[start...], as: UTF8.self)
    leftOut = size - Int64(bytes.count - start)
  }
}
