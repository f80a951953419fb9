import Foundation
import Testing

/// The rules of the house, read off the sources themselves.
@Suite struct `The house` {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct Source: Sendable, CustomStringConvertible {
    let path: String
    let lines: [String]
    var description: String { path }
    var room: String { String(path.split(separator: "/")[1]) }
    var module: String { room == "Engine" ? "Engine" : String(path.split(separator: "/")[2]) }
    var imports: [String] {
      lines.filter { $0.range(of: #"^(package |private |@testable )?import "#, options: .regularExpression) != nil }
        .compactMap { $0.split(separator: " ").last.map(String.init) }
    }
  }

  static let sources: [Source] = files(in: "Sources")
  static let tests: [Source] = files(in: "Tests")

  static func files(in folder: String) -> [Source] {
    let base = root.appending(path: folder).path()
    let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = (try? String(contentsOfFile: base + "/" + name, encoding: .utf8)) ?? ""
      return Source(path: "\(folder)/\(name)", lines: text.components(separatedBy: "\n"))
    }
  }

  static let core: Set = [
    "Attestations", "CheckReports", "Codings", "DeliveryLoop", "HistoryAudit", "JSONText", "LiveChecks", "LivePlans",
    "Redaction",
    "RunReports", "SecretRules", "SecretScanning", "TLSPolicy", "Transparency",
  ]
  static let adapters: Set = [
    "Archives", "Backlogs", "Charsets", "FileSystem", "Git", "HTTP", "Hashing", "Processes", "SQLiteLedger", "Signing",
    "XPath",
    "YAMLConfiguration",
  ]

  @Test func `was found`() { #expect(Self.sources.count > 100 && Self.tests.count > 20) }

  @Test func `has arrows that point down only`() {
    for source in Self.sources {
      let imports = Set(source.imports)
      switch source.room {
      case "Core":
        #expect(imports.isSubset(of: Self.core.union(["Synchronization"])), "\(source): Core imports Core alone")
      case "Engine":
        #expect(
          imports.isSubset(of: Self.core.union(["Synchronization"])),
          "\(source): the engine knows no adapter and no system")
      case "Adapters":
        #expect(
          imports.isDisjoint(with: Self.adapters.union(["waybill"])), "\(source): adapters do not know each other")
      case "Faces":
        if source.path.contains("/Wiring/") || source.path.hasSuffix("/Main.swift") { continue }
        let known = imports.intersection(Self.adapters)
        // Errors are put into words where they are shown.
        let allowed: Set<String> =
          source.path.hasSuffix("/Wording.swift") ? ["Processes", "YAMLConfiguration"] : ["FileSystem"]
        #expect(known.isSubset(of: allowed), "\(source): only the wiring knows adapters")
      default: Issue.record("\(source): there is no room \(source.room)")
      }
    }
  }

  @Test func `keeps clocks, tasks and the system out of Core`() {
    let forbidden = [
      #"\basync\b"#, #"\bawait\b"#, #"\bTask\s*[{(<]"#, #"ContinuousClock"#, #"SystemRandomNumberGenerator"#,
      #"\bprint\("#, #"\.random\("#,
    ]
    for source in Self.sources where source.room == "Core" {
      for line in source.lines where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        for pattern in forbidden {
          #expect(line.range(of: pattern, options: .regularExpression) == nil, "\(source): \(line)")
        }
      }
    }
  }

  @Test func `never uses what loses data, hides errors or leaves tasks alone`() {
    let forbidden = [
      #"\bimport Foundation$"#, "readabilityHandler", "makeReadSource", #"\btry!"#, #"\bas!"#, #"fatalError\("#,
      #"Task\.detached"#, #"^\s*public "#,
      #"#if TESTING"#,
    ]
    for source in Self.sources {
      for line in source.lines where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        for pattern in forbidden {
          #expect(line.range(of: pattern, options: .regularExpression) == nil, "\(source): \(line)")
        }
      }
    }
  }

  @Test func `can be read: files of at most 350 lines, folders of at most 12 files, three levels below a room`() {
    for source in Self.sources + Self.tests {
      #expect(source.lines.count <= 351, "\(source): \(source.lines.count) lines")
    }
    let folders = Dictionary(grouping: Self.sources) { ($0.path as NSString).deletingLastPathComponent }
    for (folder, files) in folders {
      #expect(files.count <= 12, "\(folder): \(files.count) files")
      #expect(folder.split(separator: "/").count <= 5, "\(folder) is too deep")
    }
  }

  @Test func `has functions of at most 50 lines`() {
    for source in Self.sources {
      var start: (line: Int, indent: Int)?
      for (number, line) in source.lines.enumerated() {
        let indent = line.prefix { $0 == " " }.count
        if start == nil,
          line.range(
            of:
              #"^\s*((package|private|fileprivate|static|mutating|borrowing|override|@\w+) )*(func |init[(?<]|deinit)"#,
            options: .regularExpression) != nil, !line.hasSuffix("}")
        {
          start = (number, indent)
        } else if let begun = start, indent == begun.indent, line.trimmingCharacters(in: .whitespaces).hasPrefix("}") {
          #expect(number - begun.line <= 50, "\(source):\(begun.line + 1): \(number - begun.line) lines")
          start = nil
        } else if let begun = start, indent < begun.indent, !line.isEmpty {
          start = nil
        }
      }
    }
  }

  @Test func `has names that say what a file is for`() {
    for source in Self.sources {
      let name = (source.path as NSString).lastPathComponent
      for word in ["Manager", "Helper", "Util", "Common", "Base.swift", "Impl.swift"] {
        #expect(!name.contains(word), "\(source)")
      }
    }
  }

  @Test func `lets nobody but the redactor make redacted text`() {
    for source in Self.sources where source.module != "Redaction" {
      for line in source.lines {
        #expect(line.range(of: #"Redacted(Text|Bytes)\("#, options: .regularExpression) == nil, "\(source): \(line)")
      }
    }
    let redacted = Self.sources.filter { $0.path.contains("Redaction/Redacted") }
    #expect(redacted.count == 2)
    for source in redacted { #expect(!source.lines.contains { $0.contains("package init") }, "\(source)") }
  }

  @Test func `has no way to switch certificate checks off`() {
    // The idioms are there to be refused.
    for source in Self.sources where source.module != "TLSPolicy" {
      for line in source.lines where line.contains("SSL_VERIFYPEER") || line.contains("SSL_VERIFYHOST") {
        #expect(line.contains("VERIFYPEER, 1") || line.contains("VERIFYHOST, 2"), "\(source): \(line)")
      }
    }
  }
}
