import Attestations
import DeliveryLoop
import Engine
import FileSystem
import Git
import Hashing
import Processes
import SQLiteLedger
import Signing
import Transparency

extension Wiring {
  static let signing: any Signing = OpenSSLSigning()
  static let hasher = TreeHasher { OpenSSLHashing.digest(of: $0) }

  /// The keys of whoever started the program.
  static func keys(_ environment: ProcessEnvironment) -> SigningKeys {
    let home = environment.all["HOME"] ?? "/"
    let settings = environment.all["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.config"
    let given = environment.all["WAYBILL_KEYS"].map { $0.hasPrefix("/") ? $0 : "\(environment.directory)/\($0)" }
    return SigningKeys(in: KeyFolder(at: given ?? "\(settings)/waybill/keys"), signing)
  }

  /// The key that signs deliveries, and whether it has a passphrase; nil where the configuration has no keys. Throws when the key
  /// at hand does not count.
  ///
  /// Those of what is checked out count too: where the key was lost before a delivery's end, another one ends it, and `verify`
  /// tells that it did not count when the run began.
  func keyAtHand(_ configuration: Configuration) throws -> (key: NoteKey, isEncrypted: Bool)? {
    if configuration.anchorKeys.isEmpty { return nil }
    let keys = Self.keys(environment)
    guard let key = try keys.key() else { throw KeyMistake.none(keys.place) }
    let trusted = HandOver.successors(
      of: configuration.anchorKeys + (current?.anchorKeys ?? []), by: try keys.handOvers()
    ) { note, key in
      Self.signing.isSigned(note, by: key)
    }
    guard trusted.contains(key) else { throw KeyMistake.notTrusted(key) }
    return (key, try keys.isEncrypted(key))
  }

  /// Who signs deliveries; nil where the configuration has no keys. Throws when the key at hand does not count.
  func signer(_ configuration: Configuration) throws -> Signer? {
    try keyAtHand(configuration).map { _ in
      try Self.keys(environment).signer { try Passphrase.existing(of: $0) }
    }
  }

  /// The configuration of what is checked out; nil where there is none that can be read.
  private var current: Configuration? { (try? base()).flatMap { try? configuration(at: $0).configuration } }

  private var pushRemote: String { current?.push.remote ?? "origin" }

  /// Brings the notes of the remote here, and the branches to which deliveries go.
  func seeRemote() async throws {
    let branch: String? = if case .branch(let name, _) = try repository.head() { name } else { nil }
    if let branch = current?.push.branch ?? branch { _ = try await remote.fetch(branch: branch, from: pushRemote) }
    _ = try await notes.fetch(from: pushRemote)
  }

  /// What proves the history, or where there is none the notes of the remote.
  ///
  /// - Parameter keys: those that count; none stands for those of each delivery's own base.
  func verification(trusting keys: [NoteKey]) throws -> Verification {
    let path = "\(folder)/ledger.db"
    let wiring = self
    return Verification(
      ledger: FileReader.exists(path) ? try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing()) : nil,
      repository: repository, commits: try GitObjects(at: archive.root), notes: notes, signing: Self.signing,
      hashing: OpenSSLHashing(), hasher: Self.hasher, backlog: current.map { backlog($0.backlog) }, remote: pushRemote,
      trusted: { keys.isEmpty ? (try? wiring.configuration(at: $0).configuration.anchorKeys) ?? [] : keys })
  }

  /// What the history says of a run that is over, or has failed.
  func attested(_ summary: RunSummary) throws -> AttestedRun {
    if summary.replays != nil { throw AttestMistake.isReplay(summary) }
    switch summary.standing.state {
    case .delivered, .waived, .abandoned, .failed: break
    case .running, .waiting, .interrupted, .replayed: throw AttestMistake.isUnderWay(summary)
    }
    let ledger = try SQLiteLedger(path: "\(folder)/ledger.db", for: .look, hashing: OpenSSLHashing())
    let (run, unreadable) = try History(ledger).run(summary.run)
    if let event = unreadable.first {
      throw Mistake.unreadable(summary.run, kind: event.kind, sequence: event.sequence)
    }
    return try AttestedRun(
      of: run, result: summary.standing.state.rawValue, in: ledger, repository, hasher: Self.hasher,
      version: Version.current)
  }

  /// - Parameter p256: the file of a key on the curve P-256; without it the user's own signs.
  func attestationSigner(p256: String?) throws -> AttestationSigner {
    guard let p256 else {
      return AttestationSigner(try Self.keys(environment).signer { try Passphrase.existing(of: $0) })
    }
    guard let bytes = FileReader.contents(p256) else { throw AttestMistake.noSuchKey(p256) }
    let pem = String(decoding: bytes, as: UTF8.self)
    do {
      let passphrase = pem.contains("ENCRYPTED") ? try Passphrase.existing(of: p256) : nil
      return AttestationSigner(try Self.signing.openP256(pem: pem, passphrase: passphrase))
    } catch let error as SigningError {
      throw AttestMistake.unusable(p256, error)
    }
  }

}
