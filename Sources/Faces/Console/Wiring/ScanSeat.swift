import Archives
import DeliveryLoop
import Engine
import FileSystem
import Git
import Hashing
import Redaction
import SecretScanning
import YAMLConfiguration

/// What a scan needs: a repository where there is one, and what its protected commit says.
struct ScanSeat {
  let scanner: SecretScanner
  /// nil outside of a repository.
  let objects: GitObjects?
  let directory: String
  private let environment = ProcessEnvironment.own

  init(at directory: String) throws {
    self.directory = directory
    objects = try Self.objects(at: directory)
    scanner = Wiring.scanner(of: objects ?? NoObjects(directory: directory), environment)
  }

  private static func objects(at directory: String) throws -> GitObjects? {
    do {
      return try GitObjects(at: directory)
    } catch RepositoryError.notARepository {
      return nil
    }
  }

  func items(in scope: ScanScope) throws -> [ScanItem] { try scanner.objects.items(in: scope) }

  /// The commit that a revision names; nil for HEAD before the first one.
  func commit(_ revision: String) throws -> ObjectID? {
    guard let objects else { throw RepositoryError.notARepository(path: directory) }
    do {
      return try objects.commit(revision)
    } catch RepositoryError.failed {
      throw Mistake.noSuchRevision(revision)
    }
  }

  /// The commit whose allow-list and declarations count where no other is named.
  var head: ObjectID? { (try? objects?.commit("HEAD")) ?? nil }

  /// Files by their names, and all that folders hold but for what git ignores; `-` is standard input.
  func items(of paths: [String]) throws -> [ScanItem] {
    try paths.flatMap { path in
      if path == "-" { return [FileItems.stream(0, shown: "-")] }
      let isLeftOut = { (path: String, isFolder: Bool) in objects?.leavesOut(path, isFolder: isFolder) ?? false }
      guard let items = FileItems.at(path, in: directory, leavesOut: isLeftOut) else { throw Mistake.noSuchFile(path) }
      return items
    }
  }

  func allowList(at commit: ObjectID?) throws -> AllowList {
    guard let commit, let bytes = try objects?.file(AllowList.path, at: commit) else { return .empty }
    return try AllowList(bytes)
  }

  /// The secrets that a commit's `waybill.yaml` declares, masked from then on in all that is printed.
  ///
  /// `warn` is told of each that cannot be had. No command is run for one: whose repository this is, is not known.
  func declared(at commit: ObjectID?, warn: (String) -> Void) async -> SecretSet {
    guard let commit, let bytes = (try? objects?.file(Configuration.path, at: commit)) ?? nil, let root = objects?.root
    else { return .none }
    let configuration: Configuration
    do {
      configuration = try ConfigurationReader.read(bytes, path: Configuration.path)
    } catch {
      warn("declared secrets are not looked for: \(error)")
      return .none
    }
    var readable: [SecretDeclaration] = []
    let sources = SecretSources(
      commands: Wiring.commands, environment: environment.all, root: root,
      contents: { FileReader.contents($0.hasPrefix("/") ? $0 : "\(root)/\($0)") })
    for declaration in configuration.secrets {
      if case .command = declaration.source {
        warn("the secret \"\(declaration.name)\" comes from a command, which a scan does not run; it is not looked for")
      } else {
        do {
          _ = try await sources.vault(for: [declaration])
          readable.append(declaration)
        } catch {
          warn("\(Wording.of(error).message); it is not looked for")
        }
      }
    }
    let known = (try? await sources.vault(for: readable).set) ?? .none
    Output.mask(known)
    return known
  }
}

/// Stands for the objects of a repository where there is none.
private struct NoObjects: Objects {
  let directory: String

  func items(in scope: ScanScope) throws(RepositoryError) -> [ScanItem] { throw .notARepository(path: directory) }
}
