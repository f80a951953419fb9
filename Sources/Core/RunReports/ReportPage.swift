import Codings
package import DeliveryLoop
import LiveChecks

/// Reports of runs as one page that needs nothing from elsewhere, and on which no script can run.
package enum ReportPage {
  /// The page's bytes, UTF-8.
  ///
  /// - Parameters:
  ///   - made: when, for people to read.
  ///   - program: what made it, with its version.
  package static func bytes(
    of reports: [RunReport], limits: ReportLimits, made: Timestamp, by program: String
  ) -> [UInt8] {
    let title =
      reports.count == 1
      ? "\(reports[0].run.opening.task): \(reports[0].run.opening.title)" : "\(counted(reports.count, "run"))"
    let page = Tag.html(.language) {
      Tag.head {
        Tag.meta(.charset)
        Tag.meta(.policy(), .content(policy))
        Tag.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        Tag.meta(.name("color-scheme"), .content("light dark"))
        Tag.meta(.name("referrer"), .content("no-referrer"))
        Tag.title { title.row }
        Tag.style { HTML(literal: StyleSheet.text) }
      }
      Tag.body { body(reports, limits, made, program) }
    }
    return Array("<!DOCTYPE html>\n".utf8) + page.bytes + [UInt8(ascii: "\n")]
  }

  /// Nothing is loaded and nothing runs; of styles only ours counts, by its digest (w3.org/TR/CSP3, 6.7.2).
  static let policy =
    "default-src 'none'; style-src 'sha256-\(Base64.encode(SHA256.digest(Array(StyleSheet.text.description.utf8))))'; "
    + "base-uri 'none'; form-action 'none'"

  @Content private static func body(
    _ reports: [RunReport], _ limits: ReportLimits, _ made: Timestamp, _ program: String
  ) -> HTML {
    Tag.a(.class("skip"), .reference(to: "content")) { "Skip to the content" }
    Tag.header(.class("page")) {
      Tag.p(.class("brand")) { "Waybill" }
      Tag.h1 { reports.count == 1 ? "Report of a run" : "Report of \(counted(reports.count, "run"))" }
    }
    if reports.count == 1 { contents(of: reports[0]) } else { index(of: reports) }
    Tag.main(.id("content")) { for report in reports { RunSection(report: report, limits: limits).html } }
    Tag.footer {
      Tag.p {
        "Made "
        Moments.html(made)
        " by \(program) from the ledger of the repository. Secrets are masked in it as they are there."
      }
    }
  }

  private static func contents(of report: RunReport) -> HTML {
    let parts = ["Trees", "Steps", "Validations", "Plans and decisions", "Change", "Logs and briefs"]
    return Tag.nav(.label("Parts of the report")) {
      Tag.ul {
        for part in (report.verification == nil ? [] : ["Verification"]) + parts {
          Tag.li { Tag.a(.reference(to: Part.id(part, in: report))) { part } }
        }
      }
    }
  }

  private static func index(of reports: [RunReport]) -> HTML {
    Tag.nav(.class("index"), .label("Runs")) {
      Tag.table {
        Tag.caption { summary(of: reports) }
        Tag.thead {
          Tag.tr { for name in ["Run", "Verdict", "Task", "Began", "Commit"] { Tag.th(.scope(.col)) { name } } }
        }
        Tag.tbody {
          for report in reports {
            Tag.tr(.class(report.tone.rawValue)) {
              Tag.th(.scope(.row)) { Tag.a(.reference(to: report.anchor)) { Tag.code { report.run.id.short } } }
              Tag.td(.class("tone")) { "\(report.tone.sign) \(report.state)" }
              Tag.td(.class("text")) {
                Tag.code { report.run.opening.task.text }
                " \(report.run.opening.title)".row
              }
              Tag.td { Moments.html(report.started) }
              Tag.td { Tag.code { report.run.isCommitted ? report.run.commit?.id.short ?? "" : "" } }
            }
          }
        }
      }
    }
  }

  private static func summary(of reports: [RunReport]) -> String {
    let states = Dictionary(grouping: reports, by: \.state).sorted {
      ($1.value.count, $0.key) < ($0.value.count, $1.key)
    }
    return states.map { "\($0.value.count) \($0.key)" }.joined(separator: ", ")
  }
}
