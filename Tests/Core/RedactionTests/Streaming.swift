@testable import Redaction

extension Redactor {
  /// The output after each of the pieces, and after the end.
  mutating func outputs(of pieces: [[UInt8]]) -> [[UInt8]] {
    var output: [UInt8] = []
    var all: [[UInt8]] = []
    for piece in pieces {
      write(piece) { output += $0.bytes }
      all.append(output)
    }
    finish { output += $0.bytes }
    return all + [output]
  }

  mutating func outputs(of pieces: [String]) -> [String] {
    outputs(of: pieces.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Cut at random places.
  func pieces(of sizes: ClosedRange<Int>, _ random: inout SplitMix) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = self[...]
    while !rest.isEmpty {
      let piece = [UInt8](rest.prefix(Int.random(in: sizes, using: &random)))
      rest = rest.dropFirst(piece.count)
      pieces.append(piece)
    }
    return pieces
  }

  func contains(_ other: [UInt8]) -> Bool {
    count >= other.count && (0...count - other.count).contains { self[$0...].starts(with: other) }
  }
}
