import JSONText

extension Attempt {
  var stored: JSON {
    object(
      ("attempt", DeliveryLoop.number(number)), ("milliseconds", DeliveryLoop.number(Int(time.milliseconds))),
      ("end", .string(end.rawValue)),
      ("spend", spend.map { .string($0.amount) } ?? .null), ("currency", spend.map { .string($0.currency) } ?? .null))
  }

  init(_ fields: Fields) throws(UnreadableEvent) {
    var spend: Money?
    if let amount = try fields.optional("spend", { $0 }) {
      spend = Money(amount, currency: try fields.string("currency"))
      if spend == nil { throw .badMember("spend", kind: fields.kind) }
    }
    self.init(
      number: try fields.int("attempt"), time: .milliseconds(try fields.int("milliseconds")), spend: spend,
      end: try fields.value("end", End.init))
  }
}
