import DeliveryLoop
import Engine
import FileSystem
import Foundation
import Processes
import Support
import Testing

/// A real browser without a window and without a network, and what it has made of a page.
struct Browser {
  /// What the page has become, as the browser writes it down again.
  let dom: String
  /// What it has said meanwhile, messages of the page's console included.
  let log: String
  /// The document's title, the elements and attributes that occur, and all text.
  let title: String
  let elements: Set<String>
  let attributes: Set<String>
  let text: String

  struct Missing: Error, CustomStringConvertible {
    let description = "no chromium is installed; \".ci/run\" and \"make test\" install what the tests need"
  }

  static func path() throws -> String {
    for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
      for name in ["chromium", "chromium-browser", "google-chrome"] {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return path }
      }
    }
    throw Missing()
  }

  private static let reader = """
    import html.parser, json, sys

    class Reader(html.parser.HTMLParser):
        elements, attributes, text, title, within = set(), set(), [], [], []
        def handle_starttag(self, name, attributes):
            self.elements.add(name)
            self.attributes.update(key for key, _ in attributes)
            self.within.append(name)
        def handle_endtag(self, name):
            if name in self.within:
                while self.within.pop() != name: pass
        def handle_data(self, data):
            (self.title if "title" in self.within else self.text).append(data)

    reader = Reader()
    reader.feed(open(sys.argv[1], encoding="utf-8").read())
    json.dump({"elements": sorted(reader.elements), "attributes": sorted(reader.attributes),
        "text": "".join(reader.text), "title": "".join(reader.title)}, sys.stdout)
    """

  private struct Reading: Decodable {
    let elements: Set<String>
    let attributes: Set<String>
    let text: String
    let title: String
  }

  /// Opens a page, and waits until its scripts, if it had any, would have run.
  static func open(_ page: [UInt8]) async throws -> Browser {
    let folder = NSTemporaryDirectory() + "waybill-browser-" + UUID().uuidString.lowercased()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(page).write(to: URL(filePath: "\(folder)/page.html"))
    let browser = try path()
    _ = try await sh(
      "'\(browser)' --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions "
        + "--user-data-dir='\(folder)/profile' --proxy-server=127.0.0.1:1 --host-resolver-rules='MAP * ~NOTFOUND' "
        + "--enable-logging=stderr --dump-dom 'file://\(folder)/page.html' > dom.html 2> log.txt", in: folder)
    try reader.write(toFile: "\(folder)/reader.py", atomically: true, encoding: .utf8)
    let read = try await sh("python3 reader.py dom.html", in: folder)
    let reading = try JSONDecoder().decode(Reading.self, from: Data(read.utf8))
    func file(_ name: String) -> String {
      String(decoding: FileReader.contents("\(folder)/\(name)") ?? [], as: UTF8.self)
    }
    return Browser(
      dom: file("dom.html"), log: file("log.txt"), title: reading.title, elements: reading.elements,
      attributes: reading.attributes, text: reading.text)
  }

  private static func sh(_ text: String, in folder: String) async throws -> String {
    let output = Collector()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let command = Command(
      .shell(text), in: folder, environment: ["PATH": path, "HOME": folder, "LANG": "C.UTF-8"], timeout: .seconds(240))
    let result = try await SystemCommands().run(command, output: output)
    try #require(result.end == .exited(code: 0), "\(text)\n\(output.text)")
    return output.text
  }
}
