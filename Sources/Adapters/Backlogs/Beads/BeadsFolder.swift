import Engine
import Glibc
import JSONText

/// What `.beads` says about who keeps the truth: the JSON lines, or something that must not be bypassed.
struct BeadsFolder {
  /// Absolute path of `.beads`.
  let path: String

  /// Name of the file of records within the folder.
  ///
  /// Throws `.unsupported` where the records are kept by Dolt and the file is a copy at best.
  func recordsName() throws(BacklogError) -> String {
    let advice = "its issues.jsonl is only a copy; use the bd program, or export the issues to a folder of their own"
    for folder in ["dolt", "embeddeddolt"] where access("\(path)/\(folder)", F_OK) == 0 {
      throw .unsupported("\"\(path)\" is kept by Dolt (\"\(folder)\"): \(advice)")
    }
    guard let file = try LocalFile(reading: "\(path)/metadata.json") else { return Self.usualName }
    let metadata: JSON
    do {
      metadata = try JSON.parse(file.bytes)
    } catch {
      throw .malformed(
        path: "\(path)/metadata.json", line: error.line, column: error.column,
        message: "this is not valid JSON: \(error.reason); mend it or restore it from git")
    }
    for key in ["database", "backend", "storage"] where metadata[key]?.string?.lowercased() == "dolt" {
      throw .unsupported("\"\(path)\" is kept by Dolt (metadata.json): \(advice)")
    }
    guard let name = metadata["jsonl_export"]?.string, !name.isEmpty else { return Self.usualName }
    guard !name.contains("/"), name != "..", name != "." else {
      throw .unsupported(
        "\"\(name)\" in \"\(path)/metadata.json\" is outside the folder; set \"jsonl_export\" to issues.jsonl")
    }
    return name
  }

  /// Throws `.unsupported` when br's database holds changes that the records lack: they would be lost or come back.
  func refuseUnflushedChanges() throws(BacklogError) {
    let database = "\(path)/beads.db"
    guard access(database, R_OK) == 0, let count = TrackerDatabase.unflushedChanges(in: database), count > 0 else {
      return
    }
    throw .unsupported(
      "\"\(database)\" holds \(count) \(count == 1 ? "change" : "changes") that issues.jsonl lacks; run \"br sync --flush-only\""
    )
  }

  private static let usualName = "issues.jsonl"
}
