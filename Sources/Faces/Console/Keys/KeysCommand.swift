import ArgumentParser
import Codings
import DeliveryLoop
import Engine
import JSONText
import Transparency

/// `waybill keys`
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The key with which deliveries are signed.",
    discussion: """
      It is this user's, for all repositories, in ~/.config/waybill/keys (or the folder that WAYBILL_KEYS names). Its public \
      part belongs into "anchor.keys" of waybill.yaml: from then on every delivery leaves a signed checkpoint of the history \
      in refs/notes/delivery of the remote.
      """,
    subcommands: [Init.self, Show.self, Rotate.self])

  /// `waybill keys init`
  struct Init: Verb {
    static let configuration = CommandConfiguration(commandName: "init", abstract: "Make the key.")

    @Option(help: "What the key is called, such as ada@example.org; without blanks and plus signs.") var name: String?
    @Flag(help: "Encrypt it: WAYBILL_PASSPHRASE, or asked for.") var passphrase = false
    @OptionGroup var shared: SharedOptions

    func perform() async throws -> ExitStatus {
      let name = try name ?? owner()
      let keys = Wiring.keys(.own)
      if let key = try keys.key() { throw KeyMistake.exists(key, keys.place) }
      let key = try keys.make(name: name, passphrase: passphrase ? Passphrase.new(for: name) : nil)
      if shared.json {
        Output.json(["key": .string(key.text), "file": .string(keys.file(of: key))])
      } else {
        Output.line(
          """
          made \(keys.file(of: key))
          next: put its public part into waybill.yaml, commit and push that

          anchor:
            keys:
              - "\(key.text)"
          """)
      }
      return .delivered
    }

    /// Whoever commits here.
    private func owner() throws -> String {
      let email = try shared.wiring().repository.identity().email
      return email.isEmpty ? "waybill" : email
    }
  }

  /// `waybill keys show`
  struct Show: Verb {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "The public part of the key, and how it came to its place.")

    @Flag(help: "As SubjectPublicKeyInfo in PEM, for openssl.") var pem = false
    @OptionGroup var shared: SharedOptions

    func perform() async throws -> ExitStatus {
      let keys = Wiring.keys(.own)
      guard let key = try keys.key() else { throw KeyMistake.none(keys.place) }
      if pem {
        Output.write(try Wiring.signing.pem(ofPublicKey: key.publicKey), to: 1)
        return .delivered
      }
      let (isEncrypted, handOvers) = (try keys.isEncrypted(key), try keys.handOvers())
      if shared.json {
        Output.json([
          "key": .string(key.text), "file": .string(keys.file(of: key)), "encrypted": .bool(isEncrypted),
          "hand_overs": .array(handOvers.map { .string($0.note.document) }),
        ])
        return .delivered
      }
      Output.line(key.text)
      Output.complain("\(keys.file(of: key)), \(isEncrypted ? "with a passphrase" : "without a passphrase")")
      for handOver in handOvers { Output.complain("\(handOver.old.text) handed over to \(handOver.new.text)") }
      return .delivered
    }
  }

  /// `waybill keys rotate`
  struct Rotate: Verb {
    static let configuration = CommandConfiguration(
      commandName: "rotate", abstract: "Make the next key, to which the one in use hands over.",
      discussion: """
        The note of the hand-over, which both sign, goes with every delivery from then on: what trusts the old key trusts the \
        new one, until the old one is taken out of waybill.yaml.
        """)

    @Flag(help: "Encrypt the new key too where the old one is not: WAYBILL_PASSPHRASE, or asked for.") var passphrase =
      false
    @OptionGroup var shared: SharedOptions

    func perform() async throws -> ExitStatus {
      let keys = Wiring.keys(.own)
      let old = try keys.signer { try Passphrase.existing(of: $0) }
      let handOver = try keys.rotate(
        old, passphrase: try passphrase || keys.isEncrypted(old.key) ? Passphrase.new(for: old.key.name) : nil,
        at: Wiring.now().text(fraction: 0))
      if shared.json {
        Output.json(["key": .string(handOver.new.text), "note": .string(handOver.note.document)])
      } else {
        Output.write(handOver.note.document, to: 1)
        Output.complain(
          "made \(keys.file(of: handOver.new)); add \(handOver.new.text) to \"anchor.keys\" of waybill.yaml")
      }
      return .delivered
    }
  }
}
