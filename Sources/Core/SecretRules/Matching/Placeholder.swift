/// What stands where a secret would: variables, masks, and the example values of manuals.
enum Placeholder {
  /// What a value is one of.
  private static let values: Set<[UInt8]> = Set(
    [
      "password", "passwd", "pass", "secret", "token", "user", "username", "admin", "root", "test", "guest", "none",
      "null", "nil", "true", "false", "undefined", "postgres", "mysql", "redis", "foobar", "string", "deleted",
      "mypassword", "mysecret", "password1", "password123", "passw0rd", "hunter2", "letmein", "secret123", "test1234",
      "value", "todo", "empty", "unset", "default", "required", "optional", "hidden",
    ].map { Array($0.utf8) })

  /// What stands somewhere in a value.
  private static let parts = Keywords(
    [
      "example", "changeme", "change_me", "change-me", "changeit", "placeholder", "redacted", "omitted", "replaceme",
      "replace_me", "replace-me", "replace_with", "replace-with", "your_", "your-", "yourtoken", "yoursecret",
      "yourkey", "yourapi", "yourpass", "_here", "-here", "my-secret", "my_secret", "mysecret", "my-token", "my_token",
      "my-pass", "my_pass", "notasecret", "not-a-secret", "not_a_secret", "dummy", "sample", "masked", "filtered",
      "xxxxxx", "***", "...", "…", "1234567890", "0123456789", "abcdefghij",
      // The keys that manuals of AWS and Stripe print.
      "wjalrxutnfemi", "4ec39hqlyjwdarjt",
    ].map { Keywords.Entry(keyword: Array($0.utf8), owner: 0) })

  static func isLikely(_ value: ArraySlice<UInt8>) -> Bool {
    guard let first = value.first, let last = value.last else { return true }
    if first == UInt8(ascii: "$"), value.count < 40 { return true }
    if first == UInt8(ascii: "<") { return true }
    // A variable of a template.
    if let brace = value.firstIndex(of: UInt8(ascii: "{")), value[brace...].contains(UInt8(ascii: "}")) { return true }
    if first == UInt8(ascii: "%") && last == UInt8(ascii: "%") { return true }
    let pairs = zip(value, value.dropFirst())
    if pairs.contains(where: { "$%<".utf8.contains($0) && "{(".utf8.contains($1) }) { return true }
    let text = Array(value.prefix(512))
    return values.contains(text.map(\.lowercased)) || parts.stand(in: text)
  }
}
