import Codings

/// Where functions in templates take their values from: a time and a seed that come from outside.
///
/// The same function at the same place gives the same value within one try and another in the next, so that a try can be
/// gone through again.
package struct FunctionSource: Sendable {
  /// nil where no time is given; what needs it fails.
  package var now: Moment?
  private let seed: (high: UInt64, low: UInt64)?
  /// Counts the tries of a session.
  var round = 0

  /// - Parameter entropy: 16 bytes that nobody can guess; without them nothing random can be had.
  package init(now: Moment? = nil, entropy: [UInt8] = []) {
    self.now = now
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    seed = entropy.count < 16 ? nil : (word(entropy[..<8]), word(entropy[8..<16]))
  }

  /// Hexadecimal digits, from which the same values can be had again; nil where none can be had.
  var seedText: String? {
    seed.map { seed in
      Hexadecimal.encode(
        [seed.high, seed.low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } })
    }
  }

  func value(of function: Placeholder.Function, at placeholder: Placeholder) throws(CheckFailure) -> String {
    switch function {
    case .newDate: if let now { return now.rfc3339 }
    case .newUuid: if let uuid = uuid(at: placeholder.place) { return uuid }
    }
    throw CheckFailure(
      kind: .runtime, title: "Function not available", place: placeholder.place, width: placeholder.name.count,
      message: "nothing here can tell the time or draw lots; pass a variable instead")
  }

  /// Version 4 (RFC 9562, section 5.4).
  private func uuid(at place: Place) -> String? {
    guard let seed else { return nil }
    let position = UInt64(truncatingIfNeeded: place.line) << 32 ^ UInt64(truncatingIfNeeded: place.column)
    let count = UInt64(truncatingIfNeeded: round)
    let high = Self.mixed(seed.high ^ Self.mixed(position ^ Self.mixed(count)))
    let low = Self.mixed(seed.low ^ Self.mixed(count ^ Self.mixed(~position)))
    var bytes = [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = Array(Hexadecimal.encode(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }

  /// The finaliser of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
