/// One value that should not be where it is; never the value itself.
package struct ScanFinding: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A declared secret, by its name.
    case declared(String)
    /// What a rule takes for a secret, by the rule's id.
    case rule(String)
  }

  package let kind: Kind
  package let place: ScanPlace
  package let position: Position
  package let fingerprint: Fingerprint

  package init(kind: Kind, place: ScanPlace, position: Position, fingerprint: Fingerprint) {
    self.kind = kind
    self.place = place
    self.position = position
    self.fingerprint = fingerprint
  }
}

/// What could not be looked at, and why.
package struct Unscanned: Hashable, Sendable {
  package enum Reason: Error, Hashable, Sendable {
    case encrypted
    /// More bytes than are looked at in one piece.
    case tooLarge(limit: Int)
    /// Unpacked it is more than is looked at, in bytes or members.
    case unpacksToTooMuch
    /// An archive in an archive in an archive, and so on.
    case nestedTooDeep
    case damaged(String)
    /// A kind of archive that is not unpacked.
    case unsupported(String)
    case submodule
    /// The content that a Git LFS pointer stands for is not here.
    case largeFileMissing
    /// The repository lacks the object: a partial or shallow clone.
    case missing
    case unreadable(String)
  }

  package let place: ScanPlace
  package let reason: Reason

  package init(place: ScanPlace, reason: Reason) {
    self.place = place
    self.reason = reason
  }
}

extension Unscanned.Reason {
  /// Fits after "was not scanned: ".
  package var wording: String {
    switch self {
    case .encrypted: "it is encrypted"
    case .tooLarge(let limit): "it is larger than \(limit >> 20) MiB"
    case .unpacksToTooMuch: "it unpacks to more than is looked at"
    case .nestedTooDeep: "archives are nested too deep in it"
    case .damaged(let message): "it cannot be unpacked (\(message))"
    case .unsupported(let kind): "it is a \(kind), which cannot be unpacked"
    case .submodule: "it is a submodule, a repository of its own"
    case .largeFileMissing: "its content is kept by Git LFS and not here; fetch it with \"git lfs pull\""
    case .missing: "the object is not in this clone; fetch it, for example with \"git fetch --unshallow\""
    case .unreadable(let message): "it cannot be read (\(message))"
    }
  }
}

/// What came of a scan.
package struct ScanReport: Hashable, Sendable {
  /// In the order of what was looked at.
  package var findings: [ScanFinding] = []
  package var unscanned: [Unscanned] = []
  /// Findings that the allow-list allows.
  package var allowed = 0
  /// How many pieces were looked at, and how many bytes they have, those in archives included.
  package var items = 0
  package var bytes = 0

  package init() {}

  /// Whether nothing was found and nothing was left out.
  package var isClean: Bool { findings.isEmpty && unscanned.isEmpty }

  package static func += (a: inout ScanReport, b: ScanReport) {
    a.findings += b.findings
    a.unscanned += b.unscanned
    a.allowed += b.allowed
    a.items += b.items
    a.bytes += b.bytes
  }
}
