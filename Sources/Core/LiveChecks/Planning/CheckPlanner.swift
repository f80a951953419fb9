/// A request as it can be told before anything is sent.
package struct DraftRequest: Hashable, Sendable {
  /// The entry that sends it, from 0.
  package let entry: Int
  /// Its line in the file, from 1.
  package let line: Int
  /// With blanks in the place of what is not known yet.
  package let request: HTTPRequest
  /// How often it may be sent, retries counted.
  package let times: Int
}

/// Goes through a file of checks as a session does and sends nothing: what would be sent, as far as it can be told.
package struct CheckPlanner {
  private let file: CheckFile
  private let settings = SessionSettings()
  private var variables: Variables
  private var files = GivenFiles()
  package let blanks: Blanks

  /// - Parameters:
  ///   - variables: the values that placeholders may name.
  ///   - unknown: names whose values are not to be told, or not known yet.
  package init(_ file: CheckFile, variables: [String: CheckValue], unknown: Set<String>) {
    self.file = file
    blanks = Blanks(unlike: [file.source] + variables.values.map(\.text))
    self.variables = Variables(variables)
    self.variables.leaveBlank(unknown, blanks)
  }

  /// The requests in their order. Throws a `CheckFailure` for one that would change something and cannot be told; one that
  /// only reads is then left out.
  ///
  /// - Parameter contents: what a file holds that is named, relative to the folder of the file of checks; nil where there is
  ///   none.
  package mutating func drafts(contents: (String) throws -> [UInt8]?) throws -> [DraftRequest] {
    var drafts: [DraftRequest] = []
    for (index, entry) in file.entries.enumerated() where settings.includes(index) {
      do {
        if let draft = try draft(entry, index, contents) { drafts.append(draft) }
      } catch let failure as CheckFailure where entry.isReading {
        // It may well be that a session cannot send it either.
        _ = failure
      }
      for capture in entry.response?.captures ?? [] {
        // A name that is put together from values that are not known could be any.
        variables.leaveBlank([(try? variables.fill(capture.name)) ?? capture.name.source], blanks)
      }
    }
    return drafts
  }

  private mutating func draft(
    _ entry: Entry, _ index: Int, _ contents: (String) throws -> [UInt8]?
  ) throws -> DraftRequest? {
    let options = try variables.options(of: entry, over: settings.options)
    if options.isSkipped || options.repetitions == 0 { return nil }
    while true {
      let builder = RequestBuilder(
        entry: entry, options: options, variables: variables, cookies: CookieStore(), files: files)
      do throws(CheckFailure) {
        let request = try builder.request()
        guard let retries = options.retries, let repetitions = options.repetitions else {
          throw CheckFailure(
            kind: .policy, title: "Refused by policy", place: entry.place, width: entry.method.count,
            message: "this request could be sent for ever; limit its \"retry\" and \"repeat\"")
        }
        // What a service is asked over and over cannot be more than is planned.
        let times = (retries + 1).multipliedReportingOverflow(by: repetitions)
        return DraftRequest(
          entry: index, line: entry.place.line, request: request, times: times.overflow ? .max : times.partialValue)
      } catch {
        guard let name = error.neededFile else { throw error }
        files.give(name, try contents(name))
      }
    }
  }
}

extension CheckFile {
  /// The names that its captures give values to, as they stand in the file.
  package var capturedNames: Set<String> {
    Set(entries.flatMap { $0.response?.captures ?? [] }.map(\.name.source))
  }
}

extension Entry {
  /// Whether its method changes nothing (RFC 9110, section 9.2.1).
  var isReading: Bool { ["GET", "HEAD"].contains(method) }
}
