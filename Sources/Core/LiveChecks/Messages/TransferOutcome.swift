/// Why there is no response: the question could not be asked, which says nothing about the service.
package struct TransferFailure: Error, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case resolve, connect, tls, timeout, interrupted, tooLarge, unsupported, other
  }

  package let kind: Kind
  /// The library's own number, for the evidence.
  package let code: Int
  package let message: String

  package init(kind: Kind, code: Int = 0, message: String) {
    self.kind = kind
    self.code = code
    self.message = message
  }
}

/// What came of sending a request.
package enum TransferOutcome: Hashable, Sendable {
  case response(HTTPResponse)
  case failure(TransferFailure)
}

/// One request and what came of it.
package struct Exchange: Hashable, Sendable {
  package let request: HTTPRequest
  package let outcome: TransferOutcome

  package init(request: HTTPRequest, outcome: TransferOutcome) {
    self.request = request
    self.outcome = outcome
  }

  package var response: HTTPResponse? { if case .response(let response) = outcome { response } else { nil } }
}
