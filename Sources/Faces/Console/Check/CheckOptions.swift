import ArgumentParser

/// What is run, and how.
struct CheckRunOptions: ParsableArguments {
  enum ErrorFormat: String, ExpressibleByArgument, CaseIterable { case short, long }

  @Flag(help: "Run as tests: side by side, with progress, and nothing on standard output.") var test = false
  @Option(help: "How many files at once; as many as there are processors without it.") var jobs: Int?
  @Flag(inversion: .prefixedNo, help: "Several files at once; tests are anyway.") var parallel: Bool?
  @Option(name: .customLong("variable"), help: ArgumentHelp("A variable.", valueName: "name=value")) var variables:
    [String] = []
  @Option(name: .customLong("variables-file"), help: "Variables, one a line.") var variablesFiles: [String] = []
  @Option(name: .customLong("secret"), help: ArgumentHelp("A variable that is masked.", valueName: "name=value"))
  var secrets: [String] = []
  @Option(name: .customLong("secrets-file"), help: "Secrets, one a line.") var secretsFiles: [String] = []
  @Option(name: .customLong("from-entry"), help: "Begin with this entry.") var fromEntry: Int?
  @Option(name: .customLong("to-entry"), help: "End with this entry.") var toEntry: Int?
  @Flag(name: .customLong("continue-on-error"), help: "Go on in a file after an entry that failed.")
  var continueOnError = false
  @Flag(name: [.customLong("no-assert"), .customLong("ignore-asserts")], help: "Judge nothing.") var noAssert = false
  @Option(name: .customLong("file-root"), help: "Where the files that requests name are.") var fileRoot: String?
  @Option(help: "How often an entry is tried again; -1 for ever.") var retry: String?
  @Option(name: .customLong("retry-interval"), help: "Milliseconds between tries, or 2s.") var retryInterval: String?
  @Option(help: "Milliseconds before each request, or 2s.") var delay: String?
  @Option(help: "How often each entry is run.") var `repeat`: String?
  @Option(name: .customLong("error-format"), help: "How much an error tells.") var errorFormat = ErrorFormat.short
  @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Tell of every request.") var verbose = false
  @Flag(name: .customLong("very-verbose"), help: "Tell of every request with its bodies.") var veryVerbose = false

  var isVerbose: CheckVerbosity { veryVerbose ? .bodies : verbose ? .headers : .none }

  /// How many files run at once.
  var width: Int {
    get throws {
      if let jobs, jobs < 1 { throw CheckMistake.option("jobs", "\(jobs) is not a number of jobs") }
      return parallel ?? (test || jobs != nil) ? jobs ?? ProcessEnvironment.processors : 1
    }
  }

  /// By their names in `[Options]`.
  var entryOptions: [(String, String)] {
    pairs([("retry", retry), ("retry-interval", retryInterval), ("delay", delay), ("repeat", `repeat`)])
  }
}

enum CheckVerbosity { case none, headers, bodies }

/// What is printed and kept.
struct CheckReportOptions: ParsableArguments {
  @Option(
    name: .customLong("report-junit"), help: ArgumentHelp("A JUnit report, added to if it is there.", valueName: "file")
  )
  var junit: String?
  @Option(
    name: .customLong("report-tap"), help: ArgumentHelp("A TAP report, added to if it is there.", valueName: "file"))
  var tap: String?
  @Option(name: .customLong("report-json"), help: ArgumentHelp("A JSON report in a folder.", valueName: "dir"))
  var json: String?
  @Option(name: .customLong("report-html"), help: ArgumentHelp("Pages in a folder.", valueName: "dir")) var html:
    String?
  @Option(
    name: .customLong("report-har"), help: ArgumentHelp("An HTTP Archive for each file in a folder.", valueName: "dir"))
  var har: String?
  @Option(help: ArgumentHelp("The requests as commands of curl.", valueName: "file")) var curl: String?
  @Option(name: .shortAndLong, help: "Write the last response there.") var output: String?
  @Flag(name: .customLong("no-output"), help: "Print no response.") var noOutput = false
  @Flag(name: .shortAndLong, help: "Print the headers of the last response too.") var include = false
}

/// What holds for every request whose own options say nothing.
struct CheckTransferOptions: ParsableArguments {
  @Flag(name: [.customShort("L"), .long], help: "Follow redirects.") var location = false
  @Option(name: .customLong("max-redirs"), help: "How many; -1 for any number.") var maxRedirects: String?
  @Option(name: .customLong("connect-timeout"), help: "Seconds, or 500ms.") var connectTimeout: String?
  @Option(name: [.customShort("m"), .customLong("max-time")], help: "Seconds, or 500ms.") var maxTime: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("Basic authentication.", valueName: "name:password")) var user:
    String?
  @Option(
    name: [.customShort("H"), .long], help: ArgumentHelp("A header for every request.", valueName: "name: value"))
  var header: [String] = []
  @Flag(help: "Ask for compressed responses.") var compressed = false
  @Option(help: ArgumentHelp("The certificates to trust, in PEM.", valueName: "file")) var cacert: String?
  @Flag(name: [.customShort("k"), .long], help: "Refused: certificates are always checked.") var insecure = false

  func refuseInsecure() throws { if insecure { throw CheckMistake.insecure("--insecure") } }

  /// By their names in `[Options]`.
  var entryOptions: [(String, String)] {
    let values: [(String, String?)] = [
      ("location", location ? "true" : nil), ("max-redirs", maxRedirects), ("connect-timeout", connectTimeout),
      ("max-time", maxTime), ("user", user), ("compressed", compressed ? "true" : nil), ("cacert", cacert),
    ]
    return pairs(values) + header.map { ("header", $0) }
  }
}

private func pairs(_ values: [(String, String?)]) -> [(String, String)] {
  values.compactMap { name, value in value.map { (name, $0) } }
}
