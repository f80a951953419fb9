package import Attestations
package import DeliveryLoop
package import Transparency

/// Whoever signs attestations, by whatever kind of key.
package struct AttestationSigner: Sendable {
  package let key: AttestationKey
  private let secret: @Sendable ([UInt8]) throws(SigningError) -> [UInt8]

  package init(_ signer: Signer) {
    key = AttestationKey(ed25519: signer.key.publicKey)
    secret = { message throws(SigningError) in try signer.signature(of: message) }
  }

  package init(_ p256: any P256Key) {
    key = AttestationKey(p256: p256.publicPEM)
    secret = { message throws(SigningError) in try p256.sign(message) }
  }

  /// The payload in an envelope with its signature.
  package func sign(_ payload: Envelope) throws(SigningError) -> Envelope {
    var signed = payload
    signed.add(try secret(payload.toBeSigned), by: key.id)
    return signed
  }
}

extension AttestedRun {
  /// What the history says of a run.
  ///
  /// - Parameters:
  ///   - result: the history's word for how the run rests.
  ///   - version: of the program.
  package init(
    of run: Run, result: String, in ledger: any Ledger & Chain, _ repository: any Repository, hasher: TreeHasher,
    version: String
  ) throws {
    let events = try ledger.events(of: run.id)
    self.init(
      run: run, result: result, started: events.first?.time ?? run.id.time,
      changed: RunSummary(of: run, events).changed,
      steps: Timeline(events).lines.map {
        StepTime(step: $0.step, attempt: $0.attempt, began: $0.began, ended: $0.ended, outcome: $0.outcome.rawValue)
      },
      captures: try ledger.evidence(of: run.id).compactMap { capture in capture.digest.map(capture.asVouched) },
      files: run.commit.flatMap { commit in
        try? repository.difference(from: commit.parent, to: commit.tree).map(\.path)
      }, log: try LogPosition(of: run, events, in: ledger, hasher), version: version)
  }
}

extension AttestedRun.LogPosition {
  /// In the tree that the run's note was signed over, or else in that of the history as it is; nil for a run without events.
  fileprivate init?(of run: Run, _ events: [StoredEvent], in chain: any Chain, _ hasher: TreeHasher) throws {
    var leaves: [TreeHash] = []
    var first: [UInt8]?
    try chain.hashes { hash in
      if first == nil { first = hash }
      leaves.append(hasher.leaf(hash))
    }
    let note = run.anchor.flatMap(SignedNote.init(reading:)).flatMap(DeliveryNote.init)
    let size = note?.checkpoint.size ?? leaves.count
    let last = note.map { $0.facts.events } ?? events.count
    let proofs = MerkleProofs(of: leaves, hasher)
    guard let first, events.indices.contains(last - 1) else { return nil }
    let index = Int(events[last - 1].sequence) - 1
    guard leaves.indices.contains(index), let root = proofs.root(of: size),
      let proof = proofs.inclusion(of: index, in: size)
    else { return nil }
    self.init(
      origin: DeliveryNote.origin(first: first), size: size, root: root.base64, index: index,
      leaf: leaves[index].base64, proof: proof.map(\.base64))
  }
}
