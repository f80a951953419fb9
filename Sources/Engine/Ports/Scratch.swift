/// A private folder for what is handed to others as a file, such as the brief of an implementer.
package protocol Scratch: Sendable {
  /// Writes a file that only this user can read, in place of an earlier one, and returns its absolute path.
  func write(_ bytes: [UInt8], named name: String) throws(ScratchError) -> String
  /// The first `limit` bytes of a file; nil where there is none, or no regular one.
  func read(named name: String, upTo limit: Int) -> [UInt8]?
  /// Removes a file, if it is there.
  func remove(named name: String)
  /// The names of all files in it, but for those of the ledger, and their bytes; nil for a file of more than `limit`.
  func files(upTo limit: Int) throws(ScratchError) -> [(name: String, bytes: [UInt8]?)]
}

/// The file could not be written, with the system's own words.
package struct ScratchError: Error, Hashable, Sendable {
  package let path: String
  package let message: String

  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }
}
