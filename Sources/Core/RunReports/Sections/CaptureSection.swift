import DeliveryLoop

/// The commit's message and diff, and what programs have printed.
struct CaptureSection {
  let report: RunReport

  var html: HTML {
    let logs = report.captures.filter { $0.kind != .diff }
    return HTML([
      Part.html("Change", in: report, note: change.isEmpty ? "Nothing was committed." : nil) { change },
      Part.html("Logs and briefs", in: report, note: logs.isEmpty ? "Nothing was printed." : nil) {
        for log in logs {
          Folded.details {
            Tag.code { log.name.row }
            Tag.span(.class("soft")) { about(log) }
          } content: {
            Text.block(log.excerpt, endOnly: true)
          }
        }
      },
    ])
  }

  private var change: [HTML] {
    var parts: [HTML] = []
    if let commit = report.run.commit { parts.append(Tag.pre(.class("message")) { Tag.code { commit.message } }) }
    for diff in report.captures where diff.kind == .diff {
      parts.append(Tag.p(.class("soft")) { "Diff\(about(diff))" })
      parts += DiffView(text: diff.excerpt.text).files
      if diff.excerpt.leftOut > 0 {
        parts.append(Tag.p(.class("soft")) { "… \(Sizes.text(diff.excerpt.leftOut)) of the diff are left out here" })
      }
    }
    return parts
  }

  private func about(_ capture: RunReport.Capture) -> String {
    let attempt = capture.attempt > 1 ? ", attempt \(capture.attempt)" : ""
    let digest = capture.digest.map { "sha256 \($0.text.prefix(16))…" } ?? "incomplete"
    return " · \(capture.step.rawValue)\(attempt) · \(Sizes.text(capture.size)) · \(digest)"
  }
}

/// A unified diff, each file by itself.
struct DiffView {
  let text: String

  var files: [HTML] {
    var files: [[Substring]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      // Within a hunk every line begins with a sign.
      if line.hasPrefix("diff --git ") || files.isEmpty { files.append([]) }
      files[files.count - 1].append(line)
    }
    return files.filter { $0 != [""] }.map { one($0, isOpen: files.count <= 20) }
  }

  private func one(_ lines: [Substring], isOpen: Bool) -> HTML {
    let body = lines.firstIndex { $0.hasPrefix("@@") } ?? lines.count
    let added = lines[body...].count { $0.hasPrefix("+") }
    let removed = lines[body...].count { $0.hasPrefix("-") }
    return Folded.details(isOpen: isOpen) {
      Tag.code { Self.name(lines[0]).row }
      Tag.span(.class("soft")) { " +\(added) −\(removed)" }
    } content: {
      Tag.pre(.class("diff")) { Tag.code { runs(lines, body) } }
    }
  }

  /// Lines of one kind in a row are one element.
  private func runs(_ lines: [Substring], _ body: Int) -> [HTML] {
    var parts: [HTML] = []
    var (kind, run): (String, [Substring]) = ("", [])
    func close() {
      if !run.isEmpty { parts.append(Tag.span(.class(kind)) { run.joined(separator: "\n") + "\n" }) }
      run = []
    }
    for (index, line) in lines.enumerated() {
      let next =
        switch line.first {
        case _ where index < body: "head"
        case "+": "added"
        case "-": "removed"
        case "@": "hunk"
        default: "same"
        }
      if next != kind { close() }
      kind = next
      run.append(line)
    }
    close()
    return parts
  }

  private static func name(_ line: Substring) -> String {
    guard line.hasPrefix("diff --git ") else { return String(line) }
    let names = line.dropFirst("diff --git ".count)
    return names.firstRange(of: " b/").map { String(names[$0.upperBound...]) } ?? String(names)
  }
}
