/// Says of the name of a field, header, parameter or cookie whether a secret stands under it.
enum SecretName {
  /// How it is spelt makes no difference: `access_token`, `access-token` and `accessToken` are one name.
  static func isSecret(_ name: String) -> Bool {
    let plain = plain(name)
    if harmless.contains(plain) { return false }
    return whole.contains(plain) || endings.contains { plain.hasSuffix($0) }
  }

  /// Also those that are secret in an address alone.
  static func isSecretInAddress(_ name: String) -> Bool {
    isSecret(name) || plain(name) == "sig" || plain(name).hasSuffix("signature")
  }

  /// Whether a cookie of that name carries a session or the right to something.
  static func isSession(_ name: String) -> Bool {
    let plain = plain(name)
    return isSecret(name)
      || ["sess", "auth", "sid", "token", "csrf", "xsrf", "ticket", "login", "jwt", "remember"]
        .contains { plain.contains($0) }
  }

  /// Where a secret is an object of its own, the members that hold its value.
  static func isValue(_ name: String) -> Bool { ["value", "data", "text", "plaintext", "raw"].contains(plain(name)) }

  private static func plain(_ name: String) -> String {
    String(decoding: name.lowercased().utf8.filter { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 }, as: UTF8.self)
  }

  private static let whole: Set = [
    "token", "ticket", "secret", "password", "passwd", "passphrase", "pwd", "pass", "passcode", "apikey", "authkey",
    "credential", "credentials", "authorization", "proxyauthorization", "session", "sessionid", "sid", "jsessionid",
    "phpsessid", "jwt", "otp", "totp", "mnemonic", "assertion", "samlresponse", "accesskey", "sharedkey",
    "authorizationcode", "authcode", "devicecode", "codeverifier", "recoverycode", "recoverycodes", "backupcodes",
    "connectionstring",
  ]

  private static let endings = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "secretkey", "privatekey", "secretaccesskey",
    "accountkey", "masterkey", "signingkey", "encryptionkey", "ticket", "sessionid", "sessionkey", "jwt", "tokens",
  ]

  /// They end like secrets and only say where to go on reading.
  private static let harmless: Set = [
    "nexttoken", "pagetoken", "nextpagetoken", "prevpagetoken", "previouspagetoken", "continuationtoken", "synctoken",
    "nextsynctoken", "maxtokens", "totaltokens", "prompttokens", "completiontokens", "inputtokens", "outputtokens",
  ]
}
