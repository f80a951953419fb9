import CheckReports
import Engine
import FileSystem
import Glibc
import LiveChecks
import Redaction
import Synchronization

/// Runs files of checks, several at once, and tells of each as it ends.
struct CheckJobs {
  let settings: SessionSettings
  let bindings: CheckBindings
  let inputs: CheckInputs
  /// How many at once.
  let count: Int
  let tellsProgress: Bool
  let isVerbose: CheckVerbosity
  let showsLong: Bool
  let driver: CheckDriver

  /// In the order of the inputs.
  func run() async throws -> [CheckedFile] {
    try await withThrowingTaskGroup(of: (Int, CheckedFile).self) { group in
      var done: [CheckedFile?] = Array(repeating: nil, count: inputs.files.count)
      var next = 0
      var ended = 0
      let status = StatusLine()
      while ended < done.count {
        while next < done.count, next - ended < count {
          let (index, input) = (next, inputs.files[next])
          group.addTask(executorPreference: driver.executor) { (index, try await check(input)) }
          next += 1
        }
        if tellsProgress {
          let running = inputs.files.indices.filter { $0 < next && done[$0] == nil }.map { inputs.files[$0].name }
          status.show("\(ended) of \(done.count), running \(running.joined(separator: ", "))")
        }
        guard let (index, file) = try await group.next() else { break }
        done[index] = file
        ended += 1
        if tellsProgress { status.clear() }
        tell(of: file)
      }
      return done.compactMap { $0 }
    }
  }

  @concurrent private func check(_ input: CheckInputs.File) async throws -> CheckedFile {
    let clock = ContinuousClock()
    let began = clock.now
    let file: CheckFile
    do {
      file = try CheckFile.parse(input.bytes, name: input.name)
    } catch {
      return CheckedFile(name: input.name, outcome: .unreadable(error.description), duration: clock.now - began)
    }
    let session = CheckSession(
      file: file, variables: bindings.variables, secrets: bindings.secretNames, settings: settings)
    let report = try await driver.run(session) { name in
      FileReader.contents("\(input.root)/\(name)")
    } seeing: { exchange in
      if isVerbose != .none { Output.complain(CheckTalk.text(exchange, bodies: isVerbose == .bodies)) }
    }
    let captured = bindings.secretsCaptured(in: report)
    if !captured.isEmpty { Output.mask(SecretSet(captured)) }
    let masks = bindings.secretSet.adding(captured)
    for output in report.outputs { try keep(output, below: input.root, masks) }
    return CheckedFile(name: input.name, outcome: .ran(report), duration: clock.now - began)
  }

  /// Writes what an entry's option asks for.
  private func keep(_ output: OutputFile, below root: String, _ masks: SecretSet) throws {
    let bytes = masks.redact(output.content).bytes
    if output.name == "-" { return Output.write(bytes, to: 1) }
    do {
      try FileWriter.write(bytes, to: "\(root)/\(output.name)")
    } catch {
      throw CheckMistake.output(output.name, error.message)
    }
  }

  private func tell(of file: CheckedFile) {
    var text = ""
    switch file.outcome {
    case .unreadable(let block): text = block + "\n"
    case .ran(let report):
      // A missing unit is for --lint to tell.
      for warning in report.file.warnings where warning.kind != .missingUnit { text += warning.description + "\n" }
      text += showsLong ? CheckTalk.long(report) : report.rendering
    }
    if tellsProgress {
      let requests = file.report?.entries.flatMap(\.attempts).count ?? 0
      let took = Int((file.duration / .milliseconds(1)).rounded())
      text += "\(file.name): \(file.succeeded ? "Success" : "Failure") (\(requests) request(s) in \(took) ms)\n"
    }
    if !text.isEmpty { Output.write(Output.safe(text), to: 2) }
  }
}

/// Requests and responses as lines of talk.
enum CheckTalk {
  static func text(_ exchange: Exchange, bodies: Bool) -> String {
    var lines = ["> \(exchange.request.method) \(exchange.request.url)"]
    lines += exchange.request.headers.map { "> \($0.name): \($0.value)" } + [">"]
    if bodies, let body = exchange.request.body { lines.append(String(decoding: body, as: UTF8.self)) }
    switch exchange.outcome {
    case .response(let response):
      if bodies, let tls = response.tls { lines += tls.lines.map { "* \($0)" } }
      lines += ["< HTTP/\(response.version) \(response.status) \(response.reason)"]
      lines += response.headers.map { "< \($0.name): \($0.value)" } + ["<"]
      if bodies { lines.append(String(decoding: response.body, as: UTF8.self)) }
    case .failure(let failure): lines.append("* \(failure.message)")
    }
    return lines.joined(separator: "\n")
  }

  /// Every failure with the whole of the last exchange behind it.
  static func long(_ report: CheckReport) -> String {
    let last = report.entries.last { !$0.failures.isEmpty }?.exchanges.last
    let blocks = report.failureBlocks.map(\.text)
    guard !blocks.isEmpty else { return "" }
    let exchange = last.map { [CurlCommand.text($0.request), text($0, bodies: true)] } ?? []
    return report.masked((blocks + exchange).joined(separator: "\n\n")) + "\n"
  }
}
