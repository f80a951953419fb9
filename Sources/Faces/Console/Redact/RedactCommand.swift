import ArgumentParser
import Redaction
import SecretRules

/// `waybill redact --secret NAME…`
struct RedactCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "redact", abstract: "Mask secrets in what passes from standard input to standard output.",
    discussion: """
      A secret is masked as [redacted:NAME], in whatever form it is written: as it is, in base64 or hexadecimal digits, with \
      escapes or percent signs, with colours in between, broken into lines. Bytes pass as they come; only what may be the \
      beginning of a secret is held back.

      In a file of secrets a value in quotation marks is masked with and without them.
      Exit status: 0 when all has passed, 2 when a secret cannot be used, 5 when reading or writing fails.
      """)

  @Option(
    name: .customLong("secret"),
    help: ArgumentHelp("An environment variable that holds a secret; may be repeated.", valueName: "name"))
  var variables: [String] = []
  @Option(
    name: .customLong("secrets-file"),
    help: ArgumentHelp("A file of secrets, as NAME=value lines; may be repeated.", valueName: "file"),
    completion: .file())
  var files: [String] = []
  @Flag(help: "Mask also what has the format of a secret; each line passes when it is complete.")
  var rules = false
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if variables.isEmpty, files.isEmpty, !rules {
      throw ValidationError("nothing is to be masked; name a variable with --secret, a --secrets-file, or --rules")
    }
  }

  func perform() async throws -> ExitStatus {
    var secrets = try variables.map { try NamedSecrets.secret(in: $0, of: ProcessEnvironment.own.all) }
    let folder = try shared.path()
    for file in files { secrets += try NamedSecrets.read(file.hasPrefix("/") ? file : "\(folder)/\(file)") }
    let set = SecretSet(secrets)
    Output.mask(set)
    for name in Set(secrets.filter(\.isShort).map(\.name)).sorted() {
      Output.complain("warning: \(Wording.shortSecret(name))")
    }
    return try pass(set.redactor())
  }

  private func pass(_ redactor: Redactor) throws -> ExitStatus {
    var (redactor, lines) = (redactor, rules ? LineMasking() : nil)
    var isRead = true
    func write(_ bytes: RedactedBytes) throws {
      let bytes = lines == nil ? bytes : bytes.through { lines?.write($0) ?? $0 }
      isRead = try Filter.write(bytes)
    }
    while isRead, let bytes = try Filter.read() { try redactor.write(bytes, to: write) }
    if isRead { try redactor.finish(to: write) }
    if isRead { isRead = try Filter.write(RedactedBytes.none.through { _ in lines?.finish() ?? [] }) }
    return isRead ? .delivered : .broken
  }
}
