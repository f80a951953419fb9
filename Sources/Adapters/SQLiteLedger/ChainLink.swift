import DeliveryLoop
import Engine

/// What of an event goes into its hash (Schema.swift says how).
struct ChainLink {
  let run: String
  let kind: String
  let time: Int64
  /// Stands for the payload.
  let seal: String

  /// Stands before the first event.
  static let start = Digest.zero.text

  func hash(after previous: String, _ hashing: any Hashing) -> Digest {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(224 + kind.utf8.count)
    Self.decode(previous, into: &bytes)
    for field in [run, kind, String(time), seal] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: field.utf8.count >> shift))
      }
      bytes += field.utf8
    }
    return hashing.sha256(bytes)
  }

  /// A digest of a payload that tells nobody who lacks the salt what the payload was.
  static func seal(_ payload: String, salt: String, _ hashing: any Hashing) -> Digest {
    hashing.sha256(Array((salt + payload).utf8))
  }

  /// 32 hexadecimal digits that nobody can foretell.
  static func salt() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: (0..<32).map { _ in digits[Int(generator.next() & 15)] }, as: UTF8.self)
  }

  /// The bytes that pairs of lower-case hexadecimal digits stand for.
  static func bytes(of hex: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hex.utf8.count / 2)
    decode(hex, into: &bytes)
    return bytes
  }

  /// Appends the bytes that pairs of lower-case hexadecimal digits stand for.
  private static func decode(_ hex: String, into bytes: inout [UInt8]) {
    var high: UInt8?
    for digit in hex.utf8 {
      let value = digit >= UInt8(ascii: "a") ? digit &- UInt8(ascii: "a") &+ 10 : digit &- UInt8(ascii: "0")
      if let first = high {
        bytes.append(first &<< 4 | value)
        high = nil
      } else {
        high = value
      }
    }
  }
}
