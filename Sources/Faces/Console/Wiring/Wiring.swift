import Backlogs
import DeliveryLoop
package import Engine
import FileSystem
import Git
import HTTP
import Hashing
import Processes
import Redaction
import SQLiteLedger
import YAMLConfiguration

/// Where the history of a repository is, without what a delivery needs: looking something up is to be quick.
struct Archive {
  /// Absolute path of the working tree's root.
  let root: String
  /// The program's own folder in the repository.
  let folder: String

  init(at directory: String) throws {
    let place = try GitPlace(at: directory)
    root = place.root
    folder = "\(place.home)/.waybill"
  }

  var now: Timestamp { SystemSurroundings().now() }

  /// Whether a program is at work on a run at this moment: it holds the lock of the run's working tree.
  func isAlive(_ run: RunSummary) -> Bool {
    run.standing.state == .running && WorkspaceLock.isHeld(lockPath(of: run.workspace))
  }

  /// Whether a working tree is one of our own.
  func isOurs(_ workspace: String) -> Bool { workspace.hasPrefix("\(folder)/worktrees/") }

  /// Whether a run rests in a working tree that nobody holds. A replay that was cut off is not gone on with.
  func isOccupied(_ root: String) throws -> Bool {
    try history()?.runs(RunQuery(workspace: root, unfinished: true, limit: 100)).contains {
      $0.replays == nil || $0.standing.state == .waiting
    } ?? false
  }

  /// The file that stands for a working tree; for one of our own it lies where the pool has it.
  func lockPath(of workspace: String) -> String {
    if isOurs(workspace) { return "\(workspace).lock" }
    return "\(folder)/workspace-\(OpenSSLHashing().sha256(Array(workspace.utf8)).text.prefix(16)).lock"
  }

  /// The configuration in force for a run; without opening the repository, which takes as long as all the rest, where the file
  /// in the working tree is still the same.
  func configuration(of run: Run) throws -> Configuration {
    let path = Configuration.path
    if run.base == run.opening.base, let bytes = FileReader.contents("\(root)/\(path)"),
      OpenSSLHashing().sha256(bytes) == run.opening.policy
    {
      return try ConfigurationReader.read(bytes, path: path)
    }
    return try Wiring(at: root).configuration(at: run.base).configuration
  }

  /// The history for reading; nil where nothing has been delivered yet.
  func history() throws -> (any Ledger)? {
    let path = "\(folder)/ledger.db"
    guard FileReader.exists(path) else { return nil }
    return try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing())
  }
}

/// The one place where adapters are chosen and put together.
package struct Wiring {
  let archive: Archive
  let repository: any Repository
  private let git: GitRepository
  let remote: any Remote
  let notes: any Notes
  let commands = Self.commands
  let services: any Services = SystemServices()
  let surroundings: any Surroundings = SystemSurroundings()
  let environment: ProcessEnvironment
  private let hashing = OpenSSLHashing()
  private let equip: @Sendable (World) -> World

  static let commands: any Commands = SystemCommands()

  var folder: String { archive.folder }

  /// Opens the repository to which a folder belongs; nothing is written.
  ///
  /// `equip` may put something between a delivery and its adapters.
  package init(
    at directory: String, environment: ProcessEnvironment = .own,
    equip: @escaping @Sendable (World) -> World = { $0 }
  ) throws {
    self.equip = equip
    archive = try Archive(at: directory)
    git = try GitRepository(at: archive.root)
    repository = git
    let remote = GitRemote(git, commands: Self.commands, environment: environment.forGit)
    (self.remote, notes) = (remote, GitNotes(git, remote))
    self.environment = environment
  }

  /// The configuration in force for runs that start at a commit (promise I9), and the digest of its bytes.
  func configuration(at commit: ObjectID) throws -> (configuration: Configuration, digest: Digest) {
    guard let bytes = try repository.content(of: Configuration.path, at: commit) else {
      throw Mistake.noConfiguration(commit)
    }
    return (try ConfigurationReader.read(bytes, path: Configuration.path), hashing.sha256(bytes))
  }

  func backlog(_ kind: Configuration.BacklogKind) -> any Backlog {
    switch kind {
    case .beads: BeadsBacklog(root: repository.root)
    case .tasks: MarkdownBacklog(root: repository.root)
    }
  }

  /// The declared secrets, which are masked from then on in all that is printed.
  func secrets(_ configuration: Configuration) async throws -> SecretVault {
    let vault = try await SecretSources(
      commands: commands, environment: environment.all, root: repository.root,
      contents: { FileReader.contents(repository.located($0)) }
    ).vault(for: configuration.secrets)
    Output.mask(vault.set)
    return vault
  }

  /// The secrets that can be had without running anything, masked from then on; what is not there is no mistake yet.
  @discardableResult
  func maskSecretsAtHand(_ configuration: Configuration) async throws -> SecretVault {
    var atHand = configuration
    atHand.secrets = []
    for declaration in configuration.secrets {
      if case .command = declaration.source { continue }
      var single = configuration
      single.secrets = [declaration]
      if (try? await secrets(single)) != nil { atHand.secrets.append(declaration) }
    }
    return try await secrets(atHand)
  }

  /// A run that rests, to write down what is decided about it, and to do nothing else.
  func journal(of run: Run, _ configuration: Configuration) async throws -> Journal {
    Journal(
      continuing: run, ledger: try SQLiteLedger(path: "\(folder)/ledger.db", for: .deliver, hashing: hashing),
      vault: try await maskSecretsAtHand(configuration), surroundings: surroundings, progress: Silence())
  }

  /// Everything that a delivery needs, for real; one that goes on to its end needs its key too.
  func world(
    _ configuration: Configuration, progress: any Progress, signing: Bool = false
  ) async throws -> World {
    let signer = signing ? try signer(configuration) : nil
    let scratch = try PrivateFolder(at: folder)
    let ledger = try SQLiteLedger(path: "\(folder)/ledger.db", for: .deliver, hashing: hashing)
    var world = World(
      ledger: ledger, repository: repository,
      remote: remote, backlog: backlog(configuration.backlog), commands: commands, services: services,
      transport: CurlTransport(caFile: caFile(configuration)), libraries: Self.libraries, scratch: scratch,
      remains: GitRemains(git, commands: commands, environment: environment.forGit), surroundings: surroundings,
      progress: progress, vault: try await secrets(configuration),
      scanner: Self.scanner(of: try GitObjects(at: archive.root), environment), tools: Self.tools,
      configuration: configuration,
      inherited: environment.forChildren, turn: turns(progress))
    world.anchors = signer.map { Anchors(signer: $0, chain: ledger, notes: notes, hasher: Self.hasher) }
    return equip(world)
  }

  /// What takes part in a run.
  static var tools: [Tool] {
    [
      Tool("waybill", Version.current), Tool("system", SystemSurroundings.platform),
      Tool("libcurl", CurlTransport.libraryVersion), Tool("OpenSSL", OpenSSLHashing.version),
      Tool("libgit2", GitRepository.libraryVersion), Tool("SQLite", SQLiteLedger.libraryVersion),
    ]
  }

  /// The certificates that validations trust: those that the configuration or the environment name.
  func caFile(_ configuration: Configuration) -> String? {
    guard let path = configuration.environment["SSL_CERT_FILE"] ?? environment.all["SSL_CERT_FILE"] else { return nil }
    return repository.located(path)
  }

  /// The same repository at another of its working trees.
  func at(_ root: String) throws -> Wiring { try Wiring(at: root, environment: environment, equip: equip) }

  /// Our own working trees of this repository.
  func pool(as purpose: String) throws -> any WorktreePool {
    let folder = try PrivateFolder(at: folder).path
    let owner = owner(purpose)
    return GitWorktreePool(git, folder: folder, commands: commands, environment: environment.forGit) { path in
      switch try WorkspaceLock.take(path, as: owner) {
      case .taken(let lock): .taken(lock)
      case .held(let holder): .held(by: holder)
      }
    }
  }

  func turns(_ progress: any Progress) -> World.Turns {
    let (folder, owner) = (folder, owner("a run"))
    return { name in
      let file = String(name.map { $0.isLetter || $0.isNumber ? $0 : "-" })
      return try await WorkspaceLock.turn("\(folder)/\(file).lock", as: owner) { holder in
        progress.show(.note(SecretSet.none.redact("waiting for \(holder) to be done with \(name)")))
      }
    }
  }

  /// Throws where a command of one of this repository's runs asks: what a run does, and what is decided about it, is not
  /// decided by its own processes (the lock on its working tree stands behind this).
  func refuseInsideRun() throws {
    for text in Ancestry.values(of: Run.markName) {
      guard let id = RunID(text), let history = try archive.history() else { continue }
      if try !history.runs(RunQuery(prefix: id.text, limit: 1)).isEmpty { throw Mistake.insideRun(id) }
    }
    // A program that has cleared its environment is still below the one that is at work on the run.
    for run in try archive.history()?.runs(RunQuery(unfinished: true, limit: 1000)) ?? []
    where Ancestry.holdsLock(on: archive.lockPath(of: run.workspace)) {
      throw Mistake.insideRun(run.run)
    }
  }

  private func owner(_ purpose: String) -> String { "process \(environment.pid), \(purpose)" }

  /// Keeps this working tree to one run, for as long as the result lives.
  func lock(as purpose: String) throws -> WorkspaceLock {
    _ = try PrivateFolder(at: folder)
    switch try WorkspaceLock.take(archive.lockPath(of: repository.root), as: owner(purpose)) {
    case .taken(let lock): return lock
    case .held(let holder): throw Mistake.busy(holder: holder)
    }
  }
}
