/// A path pattern: `*` and `?` stay within one folder, `**` crosses them; everything else stands for itself.
package struct Glob: Hashable, Sendable {
  package let pattern: String

  package init(_ pattern: String) { self.pattern = pattern }

  /// Whether the pattern has anything to expand.
  package var isLiteral: Bool { !pattern.contains { $0 == "*" || $0 == "?" } }

  /// Linear in the path for each `*`: the classic two-pointer match, done by folders and then by characters.
  package func matches(_ path: String) -> Bool {
    Self.match(
      Self.parts(of: pattern), Self.parts(of: path), isStar: { $0 == "**" },
      equal: { pattern, part in
        Self.match(Array(pattern), Array(part), isStar: { $0 == "*" }, equal: { $0 == "?" || $0 == $1 })
      })
  }

  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  private static func match<Element>(
    _ pattern: [Element], _ subject: [Element], isStar: (Element) -> Bool, equal: (Element, Element) -> Bool
  ) -> Bool {
    var p = 0
    var s = 0
    var star: (pattern: Int, subject: Int)?
    while s < subject.count {
      if p < pattern.count, isStar(pattern[p]) {
        star = (p, s)
        p += 1
      } else if p < pattern.count, equal(pattern[p], subject[s]) {
        p += 1
        s += 1
      } else if let last = star {
        star = (last.pattern, last.subject + 1)
        p = last.pattern + 1
        s = last.subject + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy(isStar)
  }
}
