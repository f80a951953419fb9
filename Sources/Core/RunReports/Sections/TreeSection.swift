import DeliveryLoop

/// That one tree passed every gate and was pushed, link by link.
struct TreeSection {
  let report: RunReport

  private struct Link {
    let name: String
    let id: ObjectID
    /// How it follows from the link before; nil for the first.
    var relation: (tone: Tone, text: String)?
  }

  var html: HTML {
    let links = links
    return Part.html("Trees", in: report, note: links.isEmpty ? "No tree has passed a gate." : nil) {
      if !links.isEmpty {
        Tag.dl(.class("chain")) {
          for link in links {
            Tag.div {
              Tag.dt { link.name }
              Tag.dd {
                Tag.code { link.id.text }
                if let (tone, text) = link.relation {
                  Tag.span(.class("tone \(tone.rawValue)")) { " \(tone.sign) \(text)" }
                }
              }
            }
          }
        }
      }
    }
  }

  private var links: [Link] {
    let run = report.run
    var links: [Link] = []
    for (name, tree) in [
      ("Formatted", run.formattedTree), ("Tested", run.testedTree), ("Validated live", run.validatedTree),
    ] {
      guard let tree else { continue }
      links.append(Link(name: name, id: tree, relation: links.last.map { same($0.id == tree) }))
    }
    guard run.isCommitted, let commit = run.commit else { return links }
    let relation: (Tone, String)? = links.last.map {
      $0.id == commit.tree ? same(true) : (.good, "the same, and the closed record of the task")
    }
    links.append(Link(name: "Committed", id: commit.tree, relation: relation))
    if let pushed = run.pushed {
      let isIt = pushed == commit.id
      links.append(
        Link(
          name: "Pushed commit", id: pushed,
          relation: isIt ? (.good, "the commit of this tree") : (.plain, "the remote's tip, which contains it")))
    }
    return links
  }

  private func same(_ isSame: Bool) -> (Tone, String) {
    isSame ? (.good, "the same tree") : (.warn, "another tree: a later round has not come this far")
  }
}

/// What came of verifying the run, where somebody has.
struct VerificationSection {
  let report: RunReport

  var html: HTML {
    guard let verification = report.verification else { return HTML() }
    return Part.html("Verification", in: report) {
      Tag.p(.class("note \(verification.findings.isEmpty ? Tone.good.rawValue : Tone.bad.rawValue)")) {
        verification.findings.isEmpty
          ? "✓ Nothing was found. " : "✗ \(counted(verification.findings.count, "finding")). "
        verification.scope
      }
      if !verification.findings.isEmpty {
        Tag.table {
          Tag.thead { Tag.tr { for name in ["Promise", "Finding", "Proof"] { Tag.th(.scope(.col)) { name } } } }
          Tag.tbody {
            for finding in verification.findings {
              Tag.tr(.class("bad")) {
                Tag.th(.scope(.row)) { finding.promise }
                Tag.td(.class("text")) { finding.text }
                Tag.td(.class("text")) { Tag.code { finding.proof } }
              }
            }
          }
        }
      }
    }
  }
}
