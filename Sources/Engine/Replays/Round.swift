package import DeliveryLoop
package import LiveChecks

/// The validations that ran one after the other on one state of the code.
package struct Round: Sendable {
  /// The attempt of the implementation to which they belong.
  package let attempt: Int
  package let tree: ObjectID
  /// The commit whose gates were in force.
  package let base: ObjectID
  /// In the order of running; one that was tried several times stands here as often.
  package private(set) var ran: [Ran] = []

  package struct Ran: Sendable {
    package let name: String
    package let record: RecordedValidation
  }

  /// nil for what does not say on which code it ran.
  init?(_ item: EvidenceSummary, _ record: RecordedValidation) {
    guard let tree = record.variables["tree"].flatMap({ ObjectID($0.text) }),
      let base = record.variables["commit"].flatMap({ ObjectID($0.text) })
    else { return nil }
    (attempt, self.tree, self.base) = (item.attempt, tree, base)
    ran = [Ran(name: item.name, record: record)]
  }

  /// Takes in what ran next on the same code; false for what belongs to another round.
  mutating func take(_ next: Round) -> Bool {
    // Whatever comes anew after it had passed or failed is another time of asking.
    let names = Set(ran.dropLast().map(\.name))
    guard next.attempt == attempt, next.tree == tree,
      next.ran.allSatisfy({ !names.contains($0.name) || $0.name == ran.last?.name })
    else { return false }
    ran += next.ran
    return true
  }

  /// Leaves only these validations.
  mutating func keep(_ names: [String]) { ran.removeAll { !names.contains($0.name) } }

  /// Each validation once, in the order of asking.
  package var names: [String] {
    ran.reduce(into: []) { names, next in if !names.contains(next.name) { names.append(next.name) } }
  }

  /// What a validation came to in the end: one that has to pass several times may have both passed and failed.
  package func last(_ name: String) -> RecordedValidation? {
    let records = ran.filter { $0.name == name }.map(\.record)
    guard let last = records.last, last.verdict != .passed else { return records.last }
    return records.last { $0.verdict == .failed } ?? last
  }

  /// What they came to as a whole.
  package var finding: ReplayFinding {
    var missed: ReplayFinding?
    for name in names {
      guard let record = last(name) else { continue }
      switch record.verdict {
      case .passed: break
      case .failed: return .failed(validation: name, points: record.points)
      case .inconclusive: missed = missed ?? .inconclusive(validation: name)
      }
    }
    return missed ?? .passed
  }
}

extension Records {
  /// All that ran, in the order of running; what cannot be read is left out.
  package func rounds(of run: RunID) throws -> [Round] {
    var rounds: [Round] = []
    for item in try ledger.evidence(of: run) where item.kind == .validation {
      guard let record = try? record(item), let next = Round(item, record) else { continue }
      if rounds.isEmpty || !rounds[rounds.count - 1].take(next) { rounds.append(next) }
    }
    return rounds
  }
}
