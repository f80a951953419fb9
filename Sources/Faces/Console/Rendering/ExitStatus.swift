import DeliveryLoop

/// The numbers with which the program ends.
package enum ExitStatus: Int32 {
  case delivered = 0
  case gateFailed = 1
  case usage = 2
  case waiting = 3
  case refusedByPolicy = 4
  case broken = 5
  /// What was recorded does not bear a recorded verdict out.
  case unsupported = 6
  case interrupted = 130

  /// A secret that was left on disk outdoes everything else.
  init(_ run: Run) {
    if run.sweep?.findings.isEmpty == false {
      self = .broken
    } else if run.opening.replay != nil, run.rest == .failed(.red) {
      // The service did not start: nothing was asked.
      self = .waiting
    } else {
      self = Self(run.rest ?? .interrupted)
    }
  }

  private init(_ rest: Rest) {
    switch rest {
    case .delivered, .abandoned: self = .delivered
    case .waiting: self = .waiting
    case .replayed(let result):
      self =
        switch result.finding {
        case .passed: .delivered
        case .failed: .gateFailed
        case .inconclusive: .waiting
        }
    case .interrupted: self = .interrupted
    case .failed(.red), .failed(.changedUnderneath): self = .gateFailed
    case .failed(.secret), .failed(.scope), .failed(.unchecked), .failed(.policy), .failed(.denied), .failed(.budget):
      self = .refusedByPolicy
    case .failed(.inconclusive): self = .waiting
    case .failed(.conflict), .failed(.moved), .failed(.refused), .failed(.broken): self = .broken
    }
  }
}
