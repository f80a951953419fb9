/// Percent-encoding (RFC 3986, section 2.1): the usual sets of characters left as they are, and none left; once and
/// twice.
enum PercentForms {
  /// What RFC 3986, encodeURIComponent, paths, queries, and forms leave as it is, besides letters and digits.
  private static let kept = ["-._~", "-._~!'()*", "-._~!$&'()*+,;=:@", "-._~!$&'()*+,;=:@/", "-._~/", "*-._"].map {
    Set($0.utf8)
  }

  static func all(of value: [UInt8]) -> [[UInt8]] {
    Digits.cases.flatMap { digits in
      let once = kept.flatMap { kept in
        [false, true].map { plus in encode(value, digits, plus: plus) { $0.isASCIIAlphanumeric || kept.contains($0) } }
      }
      let twice = once.map { encode($0, digits, plus: false) { $0 != .percent } }
      return once + twice + [encode(value, digits, plus: false) { _ in false }]
    }
  }

  private static func encode(_ value: [UInt8], _ digits: Digits, plus: Bool, keep: (UInt8) -> Bool) -> [UInt8] {
    value.flatMap { byte -> [UInt8] in
      if keep(byte) { return [byte] }
      return byte == 0x20 && plus ? [UInt8(ascii: "+")] : [.percent] + digits.pair(byte)
    }
  }
}
