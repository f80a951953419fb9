import CheckReports
import DeliveryLoop
import FileSystem
import JSONText
import LiveChecks
import Redaction

/// Prints and keeps what came of checks.
struct CheckOutput {
  let reports: CheckReportOptions
  let run: CheckRunOptions
  let printsJSON: Bool
  let masks: SecretSet

  func write(_ files: [CheckedFile], took duration: Duration) throws {
    if let path = reports.junit { try keep(JUnitReport.text(files, after: text(path)), at: path) }
    if let path = reports.tap { try keep(TAPReport.text(files, after: text(path)), at: path) }
    if let folder = reports.json { try writeJSON(files, in: folder) }
    if let folder = reports.html { try writeHTML(files, in: folder) }
    if let folder = reports.har { try writeHAR(files, in: folder) }
    if let path = reports.curl {
      let exchanges = files.flatMap { $0.report?.entries.flatMap(\.exchanges) ?? [] }
      try keep(exchanges.map { CurlCommand.text($0.request) + "\n" }.joined(), at: path)
    }
    if printsJSON {
      for file in files { Output.json(HurlJSON.document(of: file)) }
    } else if !run.test {
      try printLast(of: files)
    }
    if run.test { Output.write(TestSummary.text(files, duration: duration), to: 2) }
  }

  /// The last response of the last file, where everything went well.
  private func printLast(of files: [CheckedFile]) throws {
    guard files.allSatisfy(\.succeeded), !reports.noOutput,
      let response = files.last?.report?.entries.last?.exchanges.last?.response
    else { return }
    var bytes: [UInt8] = []
    if reports.include {
      let head = ["HTTP/\(response.version) \(response.status)"] + response.headers.map { "\($0.name): \($0.value)" }
      bytes = Array((head.joined(separator: "\n") + "\n\n").utf8)
    }
    bytes = masks.redact(bytes + response.body).bytes
    if let path = reports.output, path != "-" { return try keep(bytes, at: path) }
    var output = RecordOutput()
    output.write(bytes)
    output.finish()
  }

  private func writeJSON(_ files: [CheckedFile], in folder: String) throws {
    let path = "\(folder)/report.json"
    var documents: [JSON] = []
    if let bytes = FileReader.contents(path) {
      guard let earlier = try? JSON.parse(bytes).array else { throw CheckMistake.report(path, "it is no list of runs") }
      documents = earlier
    }
    for file in files {
      var bodies: [(name: String, bytes: [UInt8])] = []
      let id = Wiring.newName()
      let document = HurlJSON.document(of: file) { response in
        let name = "store/\(id)-\(bodies.count + 1).\(Self.ending(of: response))"
        bodies.append((name, response.body))
        return name
      }
      documents.append(document)
      for body in bodies { try keep(masks.redact(body.bytes).bytes, at: "\(folder)/\(body.name)") }
    }
    try keep(JSON.array(documents).compact, at: path)
  }

  private func writeHTML(_ files: [CheckedFile], in folder: String) throws {
    let list = "\(folder)/index.json"
    var lines: [HTMLReport.Line] = []
    if let bytes = FileReader.contents(list) {
      guard let earlier = try? JSON.parse(bytes).array else {
        throw CheckMistake.report(list, "it is no list of pages")
      }
      lines = earlier.compactMap(HTMLReport.Line.init)
    }
    let finished = Wiring.now().text(fraction: 0)
    for file in files {
      let page = "store/\(Wiring.newName()).html"
      try keep(HTMLReport.page(file), at: "\(folder)/\(page)")
      lines.append(HTMLReport.Line(file, page: page, finished: finished))
    }
    try keep(JSON.array(lines.map(\.json)).compact, at: list)
    try keep(HTMLReport.index(lines), at: "\(folder)/index.html")
  }

  private func writeHAR(_ files: [CheckedFile], in folder: String) throws {
    var used: Set<String> = []
    for file in files {
      // Of a path from elsewhere nothing is left that would hide the file.
      let plain = file.name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" }.drop {
        "._".contains($0)
      }
      var name = String(plain)
      while !used.insert(name).inserted { name += "_" }
      try keep(HARDocument.document(of: [file], creator: Version.current).pretty(), at: "\(folder)/\(name).har")
    }
  }

  private static func ending(of response: HTTPResponse) -> String {
    let type = response.contentType?.lowercased() ?? ""
    let endings = ["json", "html", "xml", "javascript", "css", "csv", "png", "jpeg", "gif", "svg", "pdf"]
    return endings.first { type.contains($0) } ?? (type.hasPrefix("text/") ? "txt" : "bin")
  }

  private func text(_ path: String) -> String? {
    FileReader.contents(path).map { String(decoding: $0, as: UTF8.self) }
  }

  private func keep(_ text: String?, at path: String) throws {
    guard let text else { throw CheckMistake.report(path, "something else is there, which was left alone") }
    try keep(masks.redact(Array(text.utf8)).bytes, at: path)
  }

  /// Whole or not at all.
  private func keep(_ bytes: [UInt8], at path: String) throws {
    if path == "-" { return Output.write(bytes, to: 1) }
    do {
      try FileWriter.write(bytes, to: path)
    } catch {
      throw CheckMistake.report(path, error.message)
    }
  }
}
