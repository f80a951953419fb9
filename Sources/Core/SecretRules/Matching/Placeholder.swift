/// What stands where a secret would: variables, masks and the example values of manuals.
enum Placeholder {
  private static let words: [[UInt8]] = [
    "example", "changeme", "change_me", "change-me", "placeholder", "redacted", "yourtoken", "your_", "your-", "xxxxxx",
    "dummy", "sample", "insert", "masked", "filtered", "***", "...", "${", "{{", "$(", "%(",
  ].map { Array($0.utf8) }

  static func isLikely(_ value: ArraySlice<UInt8>) -> Bool {
    if let first = value.first, first == UInt8(ascii: "$") || first == UInt8(ascii: "<") { return true }
    let text = value.prefix(256).map(\.lowercased)
    return words.contains { word in text.contains(word) }
  }
}
