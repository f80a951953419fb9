import Codings
import Engine
import FileSystem
import Transparency

/// The keys with which this user signs deliveries: `current` names the one in use, each is in a file named after its id, and
/// `hand-overs` says how they came after one another, a note in base64 a line.
struct SigningKeys {
  private let folder: KeyFolder
  private let signing: any Signing

  private static let current = "current"
  private static let handOvers = "hand-overs"

  init(in folder: KeyFolder, _ signing: any Signing) { (self.folder, self.signing) = (folder, signing) }

  /// Where keys are, for messages.
  var place: String { folder.path }

  /// The file of a key.
  func file(of key: NoteKey) -> String { "\(folder.path)/\(name(of: key))" }

  private func name(of key: NoteKey) -> String { "\(Hexadecimal.encode(key.id)).pem" }

  /// The public part of the key in use; nil before there is one.
  func key() throws -> NoteKey? {
    guard let text = try folder.read(Self.current) else { return nil }
    guard let key = NoteKey(text.trimmingLineBreak) else { throw KeyMistake.damaged("\(folder.path)/\(Self.current)") }
    return key
  }

  func isEncrypted(_ key: NoteKey) throws -> Bool { try pem(of: key).contains("ENCRYPTED") }

  /// How the key in use came to its place, the oldest first.
  func handOvers() throws -> [HandOver] {
    try (folder.read(Self.handOvers) ?? "").split(separator: "\n").map { line in
      guard let bytes = Base64.decode(String(line)), let handOver = HandOver(String(decoding: bytes, as: UTF8.self))
      else {
        throw KeyMistake.damaged("\(folder.path)/\(Self.handOvers)")
      }
      return handOver
    }
  }

  /// The key in use, open; `passphrase` is asked for one that is encrypted.
  func signer(passphrase: (String) throws -> [UInt8]?) throws -> Signer {
    guard let key = try key() else { throw KeyMistake.none(folder.path) }
    return try signer(key, passphrase: try isEncrypted(key) ? passphrase(key.name) : nil)
  }

  private func signer(_ key: NoteKey, passphrase: [UInt8]?) throws -> Signer {
    let secret: any SigningKey
    do {
      secret = try signing.open(pem: try pem(of: key), passphrase: passphrase)
    } catch let error as SigningError {
      throw KeyMistake.unusable(file(of: key), error)
    }
    guard secret.publicKey == key.publicKey else { throw KeyMistake.damaged(file(of: key)) }
    return Signer(key, secret, handOvers: try handOvers())
  }

  private func pem(of key: NoteKey) throws -> String {
    guard let pem = try folder.read(name(of: key)) else { throw KeyMistake.none(file(of: key)) }
    return pem
  }

  /// Makes the first key.
  func make(name: String, passphrase: [UInt8]?) throws -> NoteKey {
    if let key = try key() { throw KeyMistake.exists(key, folder.path) }
    let key = try add(name: name, passphrase: passphrase)
    try folder.replace("\(key.text)\n", as: Self.current)
    return key
  }

  /// Makes the next key, to which the one in use hands over; the old one stays in its file.
  ///
  /// - Parameter time: in UTC, ISO 8601.
  func rotate(_ old: Signer, passphrase: [UInt8]?, at time: String) throws -> HandOver {
    let key = try add(name: old.key.name, passphrase: passphrase)
    let new = try signer(key, passphrase: passphrase)
    guard let handOver = try signing.handOver(from: old, to: new, at: time) else { throw KeyMistake.badName(key.name) }
    let lines = (old.handOvers + [handOver]).map { Base64.encode(Array($0.note.document.utf8)) + "\n" }
    try folder.replace(lines.joined(), as: Self.handOvers)
    // Last of all: until then the old key is the one in use.
    try folder.replace("\(key.text)\n", as: Self.current)
    return handOver
  }

  private func add(name: String, passphrase: [UInt8]?) throws -> NoteKey {
    let pem = try signing.makeKey(passphrase: passphrase)
    let secret = try signing.open(pem: pem, passphrase: passphrase)
    guard let key = NoteKey(name: name, publicKey: secret.publicKey) else { throw KeyMistake.badName(name) }
    try folder.add(pem, as: self.name(of: key))
    return key
  }
}

extension String {
  fileprivate var trimmingLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}

/// What keeps a key from being used.
enum KeyMistake: Error {
  case none(String)
  case exists(NoteKey, String)
  case badName(String)
  case damaged(String)
  case unusable(String, SigningError)
  /// An encrypted key, and nobody to ask for its passphrase.
  case noPassphrase(String)
  case passphrasesDiffer
  /// The key is not among those whose signatures count.
  case notTrusted(NoteKey)

  var wording: String {
    switch self {
    case .none(let path):
      "there is no key in \"\(path)\" to sign deliveries with; make one with \"waybill keys init\", or name the folder that has "
        + "it in WAYBILL_KEYS"
    case .exists(let key, let path):
      "\"\(path)\" has the key \(key.text) already; \"waybill keys rotate\" makes one that follows it"
    case .badName(let name):
      "\"\(name)\" cannot be the name of a key: it has blanks or plus signs; give one with --name"
    case .damaged(let file): "\"\(file)\" is damaged; put a copy of it back"
    case .unusable(let file, .wrongPassphrase): "the passphrase does not open \"\(file)\"; try again"
    case .unusable(let file, .notAKey): "\"\(file)\" holds no Ed25519 key; put a copy of it back"
    case .unusable(let file, .failed(let doing, let message)): "failed to \(doing) of \"\(file)\": \(message)"
    case .noPassphrase(let name):
      "the key \"\(name)\" has a passphrase; put it into WAYBILL_PASSPHRASE, or start this in a terminal"
    case .passphrasesDiffer: "the passphrases differ; try again"
    case .notTrusted(let key):
      "waybill.yaml wants deliveries signed by a key of \"anchor.keys\", and the one at hand is none of them; add it there, "
        + "commit and push that, then try again: \(key.text)"
    }
  }
}
