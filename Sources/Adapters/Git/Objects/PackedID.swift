import CGit2
import DeliveryLoop

/// An object's id in 20 bytes: there are millions of them.
struct PackedID: Hashable, Sendable {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// Of 20 bytes.
  init(_ bytes: UnsafeRawBufferPointer) {
    high = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    middle = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    low = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
  }

  init(_ oid: git_oid) { self = withUnsafeBytes(of: oid.id) { PackedID($0) } }

  init(_ id: ObjectID) { self.init(id.oid) }

  var oid: git_oid {
    var oid = git_oid()
    withUnsafeMutableBytes(of: &oid.id) {
      $0.storeBytes(of: high, as: UInt64.self)
      $0.storeBytes(of: middle, toByteOffset: 8, as: UInt64.self)
      $0.storeBytes(of: low, toByteOffset: 16, as: UInt32.self)
    }
    return oid
  }

  var id: ObjectID { ObjectID(oid) }
}
