/// Tells values that are too short or too ordinary to be masked: half of every text would be gone with them.
enum OrdinaryValue {
  /// Shorter ones, in bytes, are no secrets that anybody hands out.
  static let shortest = 8

  static func isOrdinary(_ value: String, under name: String) -> Bool {
    let bytes = Array(value.utf8)
    guard bytes.count >= shortest, Set(bytes).count > 2 else { return true }
    if words.contains(value.lowercased()) || isTime(bytes) { return true }
    let isPhrase = ["pass", "pwd", "mnemonic"].contains { name.lowercased().contains($0) }
    // A message about a password stands under its name as well.
    if bytes.contains(0x20) { return !(isPhrase && bytes.contains(where: isTelling)) && !name.isPhraseName }
    return !isPhrase && bytes.count < 20 && bytes.allSatisfy(isOfWords) && !isMixed(bytes)
  }

  private static func isOfWords(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Capitals elsewhere than at the beginning of a word, beside small letters.
  private static func isMixed(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).count { $0 &- 97 < 26 && $1 &- 65 < 26 } > 1
  }

  private static func isTelling(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || signs.contains(byte)
  }

  private static let signs = Set("@#$%^&*+=~".utf8)

  /// A date, a time, or both.
  private static func isTime(_ bytes: [UInt8]) -> Bool {
    bytes.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
      && bytes.allSatisfy { $0 &- 48 < 10 || ofTimes.contains($0) }
      && bytes.count <= 35
  }

  private static let ofTimes = Set("-:.+TZ ".utf8)

  private static let words: Set = [
    "password", "disabled", "required", "optional", "undefined", "anonymous", "redacted", "inherited", "password1",
    "<redacted>", "[redacted]", "(redacted)", "(hidden)", "<hidden>", "<secret>", "<password>", "not set",
  ]
}

extension String {
  /// Under these names a text of several words is the secret itself.
  fileprivate var isPhraseName: Bool {
    let name = lowercased()
    return name.contains("phrase") || name.contains("mnemonic")
  }
}
