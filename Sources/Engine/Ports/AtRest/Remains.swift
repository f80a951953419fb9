package import DeliveryLoop

/// What is left in a repository's own files of what was done in it, beside the files of its working trees.
package protocol Remains: Sendable {
  /// Hands over all objects that were written since then, whoever wrote them, and what was noted beside them: logs of
  /// references, messages, heads.
  func look(since time: Timestamp, _ body: (Remnant) throws -> Void) throws
  /// Removes objects to which nothing leads, with those that lead to them and to which nothing leads either; returns those that
  /// are gone.
  func remove(_ objects: [ObjectID], since time: Timestamp) async throws -> Set<ObjectID>
}

/// One thing on disk.
package struct Remnant: Sendable {
  /// Such as `.git/objects/ab/cdef…`.
  package let place: String
  /// nil for what is not an object.
  package let object: ObjectID?
  /// As they are once decompressed; nil for what is too large to be looked at.
  package let bytes: [UInt8]?

  package init(place: String, object: ObjectID? = nil, bytes: [UInt8]?) {
    self.place = place
    self.object = object
    self.bytes = bytes
  }
}
