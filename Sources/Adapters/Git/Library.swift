import CGit2
import DeliveryLoop
import Engine

/// What every call into libgit2 needs.
enum Library {
  /// Sets the library up once; objects and references reach the disk before a call returns.
  static let start: Void = {
    git_libgit2_init()
    _ = cgit2_enable_fsync_gitdir(1)
  }()

  /// Throws what the library said when a call failed; `lock` is the file that is in the way where its words name none.
  static func check(_ code: Int32, _ doing: String, lock: String? = nil) throws(RepositoryError) {
    guard code < 0 else { return }
    let message = Self.message
    if code == GIT_ELOCKED.rawValue,
      let path = message.split(separator: "'").dropFirst().first.map(String.init) ?? lock
    {
      throw .locked(path: path)
    }
    throw .failed(doing: doing, message: message)
  }

  /// Such as `1.5.1`.
  static var version: String {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    git_libgit2_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// What the library said last.
  static var message: String { git_error_last().map { String(cString: $0.pointee.message) } ?? "no reason is given" }

  /// Makes an object by a call that fills an out-pointer; the caller frees it.
  static func make(
    _ doing: String, _ body: (inout OpaquePointer?) -> Int32
  ) throws(RepositoryError) -> OpaquePointer {
    var pointer: OpaquePointer?
    try check(body(&pointer), doing)
    guard let pointer else { throw .failed(doing: doing, message: "nothing came back") }
    return pointer
  }

  /// A path as text; one that is not UTF-8 could not be named back to the library.
  static func path(_ bytes: UnsafePointer<CChar>) throws(RepositoryError) -> String {
    guard let path = String(validatingCString: bytes) else {
      throw .unsupported("the file name \"\(String(cString: bytes))\", which is not UTF-8")
    }
    return path
  }
}

extension ObjectID {
  init(_ oid: git_oid) {
    var oid = oid
    var text = [CChar](repeating: 0, count: 41)
    git_oid_tostr(&text, text.count, &oid)
    // 20 bytes always give 40 digits.
    self = ObjectID(String(decoding: text.prefix(40).map { UInt8(bitPattern: $0) }, as: UTF8.self)) ?? .unborn
  }

  var oid: git_oid {
    var oid = git_oid()
    git_oid_fromstr(&oid, text)
    return oid
  }
}
