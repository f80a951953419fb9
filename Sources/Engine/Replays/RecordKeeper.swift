import DeliveryLoop
import JSONText
import LiveChecks
import Redaction

/// Keeps what a validation sent, was answered and came to, with what it ran in.
struct RecordKeeper {
  let world: World
  let run: Run
  let validation: ParsedValidation

  /// - Parameter log: what the service has printed meanwhile, as far as it has arrived.
  func keep(_ report: CheckReport, log: LogSlice) throws {
    guard case .object(var document) = try RecordedBodies.sealed(report.json, keep: keepApart) else { return }
    document["blob"] = .string(try world.repository.blobID(of: Array(validation.checks.source.utf8)).text)
    document["ran_in"] = world.surroundingsRecord
    document["service_log"] = .string(log.text)
    if log.leftOut > 0 { document["service_log_left_out"] = .number(JSONNumber(log.leftOut)) }
    let bytes = JSON.object(document).compactBytes
    let kept = world.vault.set.redact(document: bytes)
    try write(kept.bytes == bytes ? kept : try resealed(kept))
  }

  /// A digest of what was masked would give away what it was.
  private func resealed(_ kept: RedactedBytes) throws -> RedactedBytes {
    let sealed = RecordedBodies.sealed(try JSON.parse(kept.bytes), above: .max) { _ in "" }
    return world.vault.set.redact(document: sealed.compactBytes)
  }

  private func write(_ document: RedactedBytes) throws {
    let evidence = try world.capture(.validation, named: validation.file.name, at: .validate, of: run)
    try evidence.write(document)
    try evidence.finish()
  }

  private func keepApart(_ body: [UInt8]) throws -> String {
    let evidence = try world.capture(.body, named: validation.file.name, at: .validate, of: run)
    try evidence.write(world.vault.set.redact(document: body))
    return try evidence.finish().digest?.text ?? ""
  }
}

/// What a log has got between two moments.
struct LogSlice {
  let text: String
  /// Bytes before it that are in the log alone.
  let leftOut: Int

  static let none = LogSlice(text: "", leftOut: 0)
}

/// A program or library that takes part, by its own word for its version.
package struct Tool: Hashable, Sendable {
  package let name: String
  package let version: String

  package init(_ name: String, _ version: String) {
    self.name = name
    self.version = version
  }
}

extension World {
  /// What a validation ran in: the tools, the names of the variables that the service was given, and a digest of all of it.
  /// The values of secrets are no part of the digest.
  fileprivate var surroundingsRecord: JSON {
    let secrets = Set(configuration.secrets.map(\.name))
    let variables = inherited.merging(configuration.environment) { $1 }.filter { !secrets.contains($0.key) }
    let lines =
      tools.map { "\($0.name) \($0.version)" } + variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return [
      "tools": .object(JSONObject(tools.map { ($0.name, .string($0.version)) })),
      "variables": .array(Set(variables.keys).union(secrets).sorted().map { .string($0) }),
      "fingerprint": .string(Digest(sha256: Array(lines.joined(separator: "\n").utf8)).text),
    ]
  }
}
