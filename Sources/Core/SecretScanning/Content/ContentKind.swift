/// What has to be done to content before all of it can be read, told by its first bytes.
package enum ContentKind: Hashable, Sendable {
  /// It can be read as it is.
  case plain
  /// A compressed file.
  case compressed
  /// A file that holds others.
  case archive
  /// A PNG picture, whose text may be compressed.
  case png
  /// A kind of archive that is not unpacked, by its name.
  case unsupported(String)

  package init(of bytes: [UInt8]) {
    if let kind = Self.magic.first(where: { bytes.starts(with: $0.bytes) })?.kind {
      self = kind
    } else if Self.isBzip2(bytes) {
      self = .compressed
    } else if Self.isTar(bytes) || Self.endsAsZip(bytes) {
      self = .archive
    } else {
      self = .plain
    }
  }

  private static let magic: [(bytes: [UInt8], kind: ContentKind)] = [
    (Array("PK\u{3}\u{4}".utf8), .archive), (Array("PK\u{5}\u{6}".utf8), .archive),
    ([0x1f, 0x8b, 0x08], .compressed), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .compressed),
    ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], .archive), ([0x28, 0xb5, 0x2f, 0xfd], .compressed),
    (Array("!<arch>\n".utf8), .archive),
    ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], .png),
    (Array("Rar!\u{1a}\u{07}".utf8), .unsupported("RAR archive")),
    (Array("MSCF\0\0\0\0".utf8), .unsupported("cabinet archive")),
  ]

  private static func isBzip2(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "BZh".utf8) && bytes.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
  }

  /// By the checksum of its first header (POSIX.1-1988, ustar): old archives have no other mark.
  private static func isTar(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 512 else { return false }
    let field = bytes[148..<156].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard !field.isEmpty else { return false }
    let noted = field.reduce(0) { $0 * 8 + Int($1 - 0x30) }
    let sum = bytes[..<512].reduce(0) { $0 + Int($1) } - bytes[148..<156].reduce(0) { $0 + Int($1) } + 8 * 0x20
    return noted == sum
  }

  /// A program may stand before a zip archive: its directory is at the end, with a comment of at most 64 KiB behind it
  /// (APPNOTE 4.3.16).
  private static func endsAsZip(_ bytes: [UInt8]) -> Bool {
    let size = 22
    guard bytes.count > size else { return false }
    var index = bytes.count - size
    let last = max(0, index - 0xffff)
    while index >= last {
      if bytes[index] == 0x50, bytes[index + 1] == 0x4b, bytes[index + 2] == 0x05, bytes[index + 3] == 0x06 {
        return index + size + Int(bytes[index + 20]) + Int(bytes[index + 21]) << 8 == bytes.count
      }
      index -= 1
    }
    return false
  }
}
