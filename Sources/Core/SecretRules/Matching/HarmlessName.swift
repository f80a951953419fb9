/// Names that say that their value is no secret, though they end like one that says so.
enum HarmlessName {
  private static let words = [
    "page", "next", "continuation", "sync", "cursor", "cancel", "publickey", "public_key", "public-key", "public",
    "device", "csrf", "xsrf", "idempotency", "cache", "partition", "sort", "primary_key", "foreign",
  ].map { Array($0.utf8) }

  /// Whether one of the words stands before the end of a name, some letters of which are known.
  static func ends(at known: Range<Int>, in bytes: [UInt8]) -> Bool {
    var start = known.lowerBound
    while start > 0, known.lowerBound - start < 40, name.contains(bytes[start - 1]) { start -= 1 }
    let text = bytes[start..<known.upperBound].map(\.lowercased)
    return words.contains { text.contains($0) }
  }

  private static let name = ByteSet.word.union(ByteSet("-.".utf8))
}
