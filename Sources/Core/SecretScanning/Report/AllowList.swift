/// What was found and is no secret, by exact fingerprint: one line each, `FINGERPRINT REASON`; `#` begins a comment.
package struct AllowList: Hashable, Sendable {
  /// Where it stands, relative to the root of the repository.
  package static let path = ".waybill-allow"
  package static let empty = AllowList(fingerprints: [])

  private let fingerprints: Set<Fingerprint>

  private init(fingerprints: Set<Fingerprint>) { self.fingerprints = fingerprints }

  package func allows(_ fingerprint: Fingerprint) -> Bool { fingerprints.contains(fingerprint) }

  /// The keys with which its fingerprints were made, sorted.
  package var keys: [String] { Set(fingerprints.map(\.key)).sorted() }

  /// Throws what is wrong with the first wrong line: nothing of a list counts that cannot be read whole.
  package init(_ bytes: [UInt8]) throws(AllowListError) {
    var fingerprints: Set<Fingerprint> = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let blanks = line.prefix(while: Self.isBlank).count
      let words = line.dropFirst(blanks)
      guard let first = words.first, first != UInt8(ascii: "#") else { continue }
      func error(_ column: Int, _ kind: AllowListError.Kind) -> AllowListError {
        AllowListError(line: number + 1, column: column, kind: kind)
      }
      guard String(validating: words, as: UTF8.self) != nil else { throw error(blanks + 1, .notText) }
      let word = words.prefix { !Self.isBlank($0) }
      guard let fingerprint = Fingerprint(String(decoding: word, as: UTF8.self)) else {
        throw error(blanks + 1, .noFingerprint)
      }
      guard words.dropFirst(word.count).contains(where: { !Self.isBlank($0) }) else {
        throw error(blanks + word.count + 1, .noReason)
      }
      fingerprints.insert(fingerprint)
    }
    self.fingerprints = fingerprints
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}

/// What is wrong with an allow-list, and where: both numbers from 1, the column in bytes.
package struct AllowListError: Error, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable { case noFingerprint, noReason, notText }

  package let line: Int
  package let column: Int
  package let kind: Kind
}

extension AllowListError {
  package var wording: String {
    let place = "\(AllowList.path):\(line):\(column)"
    switch kind {
    case .noFingerprint:
      return "\(place): this is no fingerprint; write one as a finding shows it, a blank and the reason"
    case .noReason: return "\(place): the reason is missing; say behind the fingerprint why this is no secret"
    case .notText: return "\(place): this is not UTF-8; save the file as UTF-8"
    }
  }
}
