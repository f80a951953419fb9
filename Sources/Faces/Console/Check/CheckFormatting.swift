import FileSystem
import LiveChecks

/// Brings files of checks into their canonical form, or says what of them is not.
struct CheckFormatting {
  let inputs: CheckInputs

  /// Rewrites what is not canonical and names it; what came by standard input goes to standard output. A file that cannot be
  /// parsed stays as it is.
  func format() throws -> ExitStatus {
    try forEachFile { input, file in
      let bytes = Array(file.formatted.utf8)
      if input.name == "-" { return Output.write(bytes, to: 1) }
      if bytes == input.bytes { return }
      do {
        try FileWriter.write(bytes, to: input.name)
      } catch let error as FileWriter.Failure {
        throw CheckMistake.output(input.name, error.message)
      }
      Output.line(input.name)
    }
  }

  /// Tells of words that are no longer used, and of files that have another form; 1 where there are any.
  func lint() throws -> ExitStatus {
    var isClean = true
    let status = try forEachFile { input, file in
      for warning in file.warnings { Output.line(warning.description) }
      let isCanonical = Array(file.formatted.utf8) == input.bytes
      if !isCanonical { Output.line("\(input.name) is not in its canonical form; \"waybill check --fmt\" rewrites it") }
      if !isCanonical || !file.warnings.isEmpty { isClean = false }
    }
    return status == .delivered && !isClean ? .gateFailed : status
  }

  private func forEachFile(_ body: (CheckInputs.File, CheckFile) throws -> Void) throws -> ExitStatus {
    var status = ExitStatus.delivered
    for input in inputs.files {
      do {
        try body(input, try CheckFile.parse(input.bytes, name: input.name))
      } catch let error as CheckSyntaxError {
        Output.complain(error.description)
        status = .usage
      }
    }
    return status
  }
}
