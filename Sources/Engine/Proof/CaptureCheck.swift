import DeliveryLoop

/// Compares what a run has captured with what its events vouch for.
struct CaptureCheck {
  private let ledger: any Ledger
  private let hashing: any Hashing
  private let vouched: [RunID: [Int64: ChainCheck.Vouched]]

  init(_ ledger: any Ledger, _ hashing: any Hashing, _ vouched: [Int64: ChainCheck.Vouched]) {
    (self.ledger, self.hashing) = (ledger, hashing)
    var byRun: [RunID: [Int64: ChainCheck.Vouched]] = [:]
    for (number, capture) in vouched { byRun[capture.run, default: [:]][number] = capture }
    self.vouched = byRun
  }

  func check(_ run: Run, into proof: inout Proof) throws {
    var expected = vouched[run.id] ?? [:]
    for capture in try ledger.evidence(of: run.id) {
      let place = "capture \(capture.id.number) (\(capture.step.rawValue), \(capture.name))"
      let known = expected.removeValue(forKey: capture.id.number)
      guard let digest = capture.digest else {
        if let known {
          proof.find("I8", run: run.id, place, "it has lost the digest that event \(known.event) vouches for")
        }
        continue
      }
      if let known, !known.bears(out: capture.asVouched(digest)) {
        proof.find("I8", run: run.id, place, "it is not what event \(known.event) vouches for")
      }
      if known == nil, run.isOver, run.sweep?.captures != nil {
        proof.find("I8", run: run.id, place, "no event vouches for it")
      }
      if run.dropped.contains(capture.id.number) {
        proof.dropped += 1
        continue
      }
      var (hash, size) = (hashing.begin(), Int64(0))
      do {
        try ledger.read(capture.id, from: 0) {
          hash.update($0)
          size += Int64($0.count)
        }
        proof.captures += 1
        if hash.finish() != digest || size != capture.size {
          proof.find("I8", run: run.id, place, "its bytes do not match its size and digest")
        }
      } catch {
        proof.find(
          "I8", run: run.id, place, "its bytes cannot be read: \((error as? any Explained)?.wording ?? "\(error)")")
      }
    }
    for (number, known) in expected.sorted(by: { $0.key < $1.key }) {
      proof.find("I8", run: run.id, "capture \(number)", "event \(known.event) vouches for it, and it is not there")
    }
  }
}

extension RunSummary {
  /// The line that a run's events add up to.
  init(of run: Run, _ events: [StoredEvent]) {
    self.init(
      run: run.id, task: run.opening.task, title: run.opening.title, workspace: run.opening.workspace,
      standing: run.standing, started: events.first?.time ?? run.id.time,
      changed: events.last { $0.kind != "dropped" }?.time ?? run.id.time, author: run.opening.owner,
      events: events.count,
      waivers: run.waivers.count, replays: run.opening.replay?.original)
  }
}
