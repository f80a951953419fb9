package import DeliveryLoop

/// What some bytes are that were looked at: a file of a commit, a commit's message, a branch's name.
package struct ScanPlace: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    /// A file's content, or a symbolic link's target, by its path.
    case file(String)
    /// The path itself.
    case fileName(String)
    case message
    case author
    case committer
    /// The other headers of a commit.
    case header
    /// An annotated tag, by its name.
    case tag(String)
    /// The name of a branch, a tag or another reference.
    case ref(String)
  }

  package var part: Part
  /// nil for what is in no commit.
  package var commit: ObjectID?
  /// The way into an archive, outermost first.
  package var members: [String]

  package init(_ part: Part, in commit: ObjectID? = nil, members: [String] = []) {
    self.part = part
    self.commit = commit
    self.members = members
  }

  /// The path of the file, with the way into an archive behind it; nil for what is no file's.
  package var path: String? {
    switch part {
    case .file(let path), .fileName(let path): ([path] + members).joined(separator: "!/")
    case .message, .author, .committer, .header, .tag, .ref: nil
    }
  }

  /// This place in an archive's member.
  package func member(_ name: String) -> ScanPlace { ScanPlace(part, in: commit, members: members + [name]) }

  /// Such as `"config.txt":3:9 in 1a2b3c4d5e`; a name has no lines.
  package func text(at position: Position? = nil) -> String {
    let commit = commit.map { $0.short }
    let inCommit = commit.map { " in \($0)" } ?? ""
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    switch part {
    case .file: return "\"\(path ?? "")\"\(place)\(inCommit)"
    case .fileName: return "the name \"\(path ?? "")\"\(inCommit)"
    case .message: return "the message of \(commit ?? "the commit")\(place)"
    case .author: return "the author of \(commit ?? "the commit")"
    case .committer: return "the committer of \(commit ?? "the commit")"
    case .header: return "the headers of \(commit ?? "the commit")\(place)"
    case .tag(let name): return "the tag \"\(name)\"\(place)"
    case .ref(let name): return "the name \"\(name)\""
    }
  }
}
