package import DeliveryLoop
package import SecretScanning

/// A repository's objects, for those who look into what is or will be committed: never its files.
package protocol Objects: Sendable {
  /// All that a scope has, in the order in which it came to be. Of commits each blob is listed once, under the first of its
  /// names; the others count as names alone.
  ///
  /// What a blob holds is read when it is asked for.
  func items(in scope: ScanScope) throws(RepositoryError) -> [ScanItem]
}

/// What of a repository is looked at.
package enum ScanScope: Hashable, Sendable {
  /// What differs from HEAD in the index.
  case staged
  /// What a tree has that another has not.
  case tree(ObjectID, since: ObjectID)
  /// The commits that are reachable from the one and from none of the others.
  case commits(ObjectID, except: [ObjectID])
  /// The commits that are reachable from this one and from nothing that was seen at a remote.
  case unpushed(ObjectID, remote: String)
  /// Every reference, and all that is reachable from it.
  case everything
}

/// Something to be looked at: a place, whose name counts as well where it is a file or a reference, and what is there.
package struct ScanItem: Sendable {
  package typealias Content = @Sendable () throws(Unscanned.Reason) -> [UInt8]

  package let place: ScanPlace
  /// nil where only the name is to be looked at.
  package let content: Content?

  package init(_ place: ScanPlace, content: Content? = nil) {
    self.place = place
    self.content = content
  }

  package init(_ place: ScanPlace, bytes: [UInt8]) {
    self.init(place) { () throws(Unscanned.Reason) in bytes }
  }

  /// In bytes: what is larger is not looked at.
  package static let largest = 256 << 20
}
