package import DeliveryLoop
package import Redaction

/// Is told how a delivery goes while it goes; what it does with that has no bearing on the delivery.
package protocol Progress: Sendable {
  func show(_ update: Update)
}

/// One piece of news; every text in it has passed the redactor.
package enum Update: Sendable {
  /// An event was written to the ledger.
  case recorded(Event, Run)
  /// What a command or the service printed.
  case output(RedactedBytes)
  /// Something that a person should know and that no event says.
  case note(RedactedText)
}
