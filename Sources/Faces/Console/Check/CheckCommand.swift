import ArgumentParser
import CheckReports
import Engine
import FileSystem
import LiveChecks
import Redaction

/// `waybill check FILE…`
struct CheckCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Run validations by themselves, with Hurl's options and exit codes.",
    discussion: """
      Files are in Hurl's format (hurl.dev). A folder stands for all .hurl files below it, - for standard input.
      Exit codes: 0 when all checks hold, 1 for the command line, 2 for a file that cannot be parsed, 3 for a request that \
      could not be made, 4 for a check that does not hold.
      """)

  @Argument(help: "Files and folders.") var files: [String] = []
  @Option(help: ArgumentHelp("Files by a pattern, such as 'checks/**/*.hurl'.", valueName: "pattern")) var glob:
    [String] = []
  @Flag(
    name: .customLong("fmt"),
    help: "Ask nothing: bring the files into their canonical form, and name those that change.")
  var formats = false
  @Flag(help: "Ask nothing: tell of old words and of files in another form.") var lint = false
  @OptionGroup(title: "Run") var run: CheckRunOptions
  @OptionGroup(title: "Report") var reports: CheckReportOptions
  @OptionGroup(title: "HTTP") var transfer: CheckTransferOptions
  @OptionGroup(title: "Connection") var connection: CheckConnectionOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if formats, lint { throw ValidationError("--fmt and --lint exclude each other") }
  }

  func perform() async throws -> ExitStatus {
    do {
      try transfer.refuseInsecure()
      let inputs = try CheckInputs(files, globs: glob, root: run.fileRoot)
      if formats { return try CheckFormatting(inputs: inputs).format() }
      if lint { return try CheckFormatting(inputs: inputs).lint() }
      let bindings = try CheckBindings(run, environment: ProcessEnvironment.own.all)
      Output.mask(bindings.secretSet)
      let jobs = CheckJobs(
        settings: try settings(), bindings: bindings, inputs: inputs, count: try run.width,
        tellsProgress: run.test, isVerbose: run.isVerbose, showsLong: run.errorFormat == .long,
        driver: Wiring.checkDriver(caFile: transfer.cacert ?? ProcessEnvironment.own.all["SSL_CERT_FILE"]))
      let began = ContinuousClock.now
      let done = try await jobs.run()
      let captured = done.compactMap(\.report).flatMap { bindings.secretsCaptured(in: $0) }
      try CheckOutput(reports: reports, run: run, printsJSON: shared.json, masks: bindings.secretSet.adding(captured))
        .write(done, took: ContinuousClock.now - began)
      if let path = connection.cookieJar { try Self.keep(done, at: path) }
      return Self.status(of: done)
    } catch let mistake as CheckMistake {
      Output.complain("error: \(mistake.wording)")
      if case .insecure = mistake { return .waiting }
      return .gateFailed
    }
  }

  /// Of a response, in bytes: a person waits for it and knows what was asked for.
  private static let largest = 256 << 20

  private func settings() throws -> SessionSettings {
    for (name, entry) in [("from-entry", run.fromEntry), ("to-entry", run.toEntry)] {
      if let entry, entry < 1 { throw CheckMistake.option(name, "\(entry) is not an entry; the first one is 1") }
    }
    if let first = run.fromEntry, let last = run.toEntry, last < first {
      throw CheckMistake.option("to-entry", "\(last) stands before --from-entry \(first)")
    }
    var settings = SessionSettings()
    settings.first = run.fromEntry
    settings.last = run.toEntry
    settings.continuesOnError = run.continueOnError
    settings.judges = !run.noAssert
    settings.noticesIssuedSecrets = false
    settings.keepsCookies = !connection.noCookieStore
    settings.maxResponseSize = connection.maxFilesize ?? Self.largest
    if let path = connection.cookie { settings.cookies = try Self.cookies(in: path) }
    for (name, value) in run.entryOptions + transfer.entryOptions + connection.entryOptions {
      do {
        try settings.set(name, to: value)
      } catch {
        throw CheckMistake.option(name, error.reason)
      }
    }
    return settings
  }

  private static func cookies(in path: String) throws -> [StoredCookie] {
    guard let bytes = FileReader.contents(path) else { throw CheckMistake.missing(path) }
    do {
      return try CookieFile.parse(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw CheckMistake.option("cookie", "\(path):\(error.number):1 is no cookie in Netscape's format, with six tabs")
    }
  }

  /// The last value of each cookie that any of the files came to.
  private static func keep(_ files: [CheckedFile], at path: String) throws {
    let text = CookieFile.text(
      files.compactMap(\.report).reduce(into: []) { all, report in
        for cookie in report.cookies {
          all.removeAll { $0.name == cookie.name && $0.domain == cookie.domain && $0.path == cookie.path }
          all.append(cookie)
        }
      })
    do {
      try FileWriter.write(Array(text.utf8), to: path)
    } catch {
      throw CheckMistake.output(path, error.message)
    }
  }

  /// The worst that happened to any file.
  private static func status(of files: [CheckedFile]) -> ExitStatus {
    if files.contains(where: { $0.report == nil }) { return .usage }
    let kinds = Set(files.flatMap { $0.report?.failures.map(\.kind) ?? [] })
    if kinds.isEmpty { return .delivered }
    return kinds == [.assert] ? .refusedByPolicy : .waiting
  }
}

/// What is wrong with the command line of a check.
enum CheckMistake: Error {
  case noFiles
  case missing(String)
  case option(String, String)
  case pair(String, String)
  case clash(String)
  case secret(String, String)
  case insecure(String)
  case report(String, String)
  case output(String, String)

  var wording: String {
    switch self {
    case .noFiles: "no file is named; name files or folders, or - for standard input"
    case .missing(let path): "\"\(path)\" is not there or cannot be read"
    case .option(let name, let reason): "--\(name): \(reason)"
    case .pair(let option, let text): "--\(option): \"\(text)\" is not written name=value"
    case .clash(let name): "\"\(name)\" is a variable and a secret; give it one way"
    case .secret(let name, let reason): "the secret \"\(name)\" \(reason)"
    case .insecure(let option):
      "\(option) would switch certificate checks off, which is refused; trust the server's CA with --cacert FILE or SSL_CERT_FILE"
    case .report(let path, let reason): "cannot write the report \"\(path)\": \(reason)"
    case .output(let path, let reason): "cannot write the response to \"\(path)\": \(reason)"
    }
  }
}
