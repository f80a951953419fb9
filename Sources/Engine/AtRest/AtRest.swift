import DeliveryLoop
import Redaction

/// Looks through all that a run has left on disk for every secret that is known, in every form, and takes away what it can.
struct AtRest {
  let world: World

  /// Larger files are left out, and counted.
  private static let limit = 4 << 20

  /// Ends a stay of the program with a run: what was found is a fact of the run, and what has to be done about it a person's.
  func sweep(_ journal: Journal) async throws {
    let secrets = world.vault.set
    var sweep = Sweep(secrets: secrets.names.count)
    if !secrets.names.isEmpty {
      let ledger = try journal.mask(secrets)
      (sweep.places, sweep.bytes, sweep.findings) = (ledger.places, ledger.bytes, ledger.findings)
      try await lookIntoRepository(since: journal.began, secrets, &sweep)
      for file in try world.scratch.files(upTo: Self.limit) {
        sweep.findings += Self.look(at: Remnant(place: ".waybill/\(file.name)", bytes: file.bytes), secrets, &sweep)
      }
      // Last of all: whatever was done above is in these files.
      sweep.leftOut += try world.ledger.scan(upTo: Self.limit) { place, bytes in
        let found = Self.look(at: Remnant(place: ".waybill/\(place)", bytes: bytes), secrets, &sweep)
        sweep.findings += found.filter { !sweep.findings.contains($0) }
      }
    }
    sweep.captures = try world.ledger.evidence(of: journal.run.id).compactMap { capture in
      guard let digest = capture.digest, journal.run.captures[capture.id.number] != digest else { return nil }
      return capture.asVouched(digest)
    }
    try journal.record(.swept(sweep))
  }

  /// Masks secrets that have just become known in all that is stored, before anything else happens.
  func cover(_ new: [Secret], _ journal: Journal) throws {
    if new.isEmpty { return }
    let secrets = SecretSet(new)
    _ = try journal.mask(secrets)
    for file in try world.scratch.files(upTo: Self.limit) {
      guard let bytes = file.bytes, !secrets.findings(in: bytes).isEmpty else { continue }
      _ = try world.scratch.write(secrets.redact(bytes).bytes, named: file.name)
    }
  }

  private func lookIntoRepository(since time: Timestamp, _ secrets: SecretSet, _ sweep: inout Sweep) async throws {
    var objects: [ObjectID: [Sweep.Finding]] = [:]
    try world.remains.look(since: time) { remnant in
      let found = Self.look(at: remnant, secrets, &sweep)
      if let object = remnant.object, !found.isEmpty { objects[object] = found } else { sweep.findings += found }
    }
    // Whatever a gate has refused, or nobody wanted in the end: nothing leads there.
    let removed = try await world.remains.remove(Array(objects.keys), since: time)
    sweep.removed = removed.count
    for (object, found) in objects.sorted(by: { $0.key.text < $1.key.text }) where !removed.contains(object) {
      sweep.findings += found
    }
  }

  private static func look(at remnant: Remnant, _ secrets: SecretSet, _ sweep: inout Sweep) -> [Sweep.Finding] {
    guard let bytes = remnant.bytes else {
      sweep.leftOut += 1
      return []
    }
    sweep.places += 1
    sweep.bytes += bytes.count
    let names = Set(secrets.findings(in: bytes).map(\.name)).sorted()
    return names.map { Sweep.Finding(secret: $0, place: remnant.place) }
  }
}

extension EvidenceSummary {
  /// What an event vouches for once the capture has ended with this digest.
  func asVouched(_ digest: Digest) -> Sweep.Capture {
    Sweep.Capture(
      number: id.number, step: step, attempt: attempt, kind: kind.rawValue, name: name, began: began, digest: digest)
  }
}
