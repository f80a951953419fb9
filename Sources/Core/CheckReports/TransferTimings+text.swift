import DeliveryLoop
import JSONText
import LiveChecks

extension TransferTimings {
  /// RFC 3339 with microseconds.
  static func text(_ nanoseconds: Int64) -> String { Timestamp(nanoseconds: nanoseconds).text(fraction: 6) }
}

extension JSON {
  static func count(_ value: Int) -> JSON { .number(JSONNumber(value)) }
}
