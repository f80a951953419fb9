@testable import Redaction

/// What the redactor has to do, done the slow way on a whole text.
enum NaiveReference {
  /// Every occurrence of every needle, strict overlaps joined, each named after the one that starts first and of
  /// those the longest.
  static func redact(_ text: [UInt8], _ needles: [Needle], masks: [[UInt8]]) -> [UInt8] {
    mask(matches(text, needles), in: text, needles, masks)
  }

  /// The same with every notation read over the whole text, as if no view ever slept.
  static func redactInViews(_ text: [UInt8], _ needles: [Needle], masks: [[UInt8]]) -> [UInt8] {
    let chains: [[Notation]] = [
      [.percent], [.percent, .percent], [.backslash], [.backslash, .backslash], [.entity], [.entity, .entity],
      [.colour],
      [.lineBreak], [.wrap], [.backslash, .wrap], [.backslash, .colour], [.backslash, .entity], [.backslash, .percent],
      [.entity, .percent], [.percent, .backslash],
    ]
    var found = matches(text, needles)
    for chain in chains {
      var units = text.indices.map { Unit(byte: text[$0], start: $0, end: $0 + 1, isWritten: false) }
      for notation in chain {
        var decoder = Decoder(notation)
        var next: [Unit] = []
        for unit in units where !decoder.take(unit, to: &next) { decoder.reset() }
        units = next
      }
      for (index, needle) in needles.enumerated() where units.count >= needle.bytes.count {
        for start in 0...(units.count - needle.bytes.count) {
          let range = units[start..<(start + needle.bytes.count)]
          if zip(range, needle.bytes).allSatisfy({ $0.byte == $1 }) {
            found.append((units[start].start, units[start + needle.bytes.count - 1].end, index))
          }
        }
      }
    }
    return mask(found, in: text, needles, masks)
  }

  private typealias Match = (start: Int, end: Int, needle: Int)

  private static func matches(_ text: [UInt8], _ needles: [Needle]) -> [Match] {
    var found: [Match] = []
    for (index, needle) in needles.enumerated() {
      for start in 0..<max(1, text.count) where text[start...].starts(with: needle.bytes) {
        if let range = extent(of: needle, at: start, in: text) {
          found.append((range.lowerBound, range.upperBound, index))
        }
      }
    }
    return found
  }

  private static func mask(_ found: [Match], in text: [UInt8], _ needles: [Needle], _ masks: [[UInt8]]) -> [UInt8] {
    let found = found.sorted { ($0.start, -$0.end, $0.needle) < ($1.start, -$1.end, $1.needle) }
    var output: [UInt8] = []
    var end = 0
    for match in found {
      if match.start >= end {
        output += text[end..<match.start] + masks[needles[match.needle].secret]
      }
      end = max(end, match.end)
    }
    return output + text[end...]
  }

  private static func extent(of needle: Needle, at start: Int, in text: [UInt8]) -> Range<Int>? {
    let end = start + needle.bytes.count
    let next = end < text.count ? text[end] : nil
    switch needle.edges {
    case .free: return start..<end
    case .words:
      let isFirst = !needle.bytes[0].isWordByte || WordBoundary.isAfter(text[max(0, start - 40)..<start])
      let isLast = !needle.bytes[needle.bytes.count - 1].isWordByte || WordBoundary.isBefore(next)
      return isFirst && isLast ? start..<end : nil
    case .sextets(let before, let after):
      let takesBefore = start > 0 && before?.accepts(text[start - 1]) == true
      let takesAfter = next.map { after?.accepts($0) == true } ?? false
      return (takesBefore ? start - 1 : start)..<(takesAfter ? end + 1 : end)
    }
  }
}
