import CGit2
import SecretScanning

/// An entry of a tree object (gitformat: mode, blank, name, zero, 20 bytes).
struct TreeEntry {
  enum Kind { case blob, tree, submodule }

  let name: ArraySlice<UInt8>
  let kind: Kind
  let id: PackedID

  /// All entries; what does not have the form ends the list.
  static func list(_ bytes: [UInt8]) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    var rest = bytes[...]
    while let blank = rest.firstIndex(of: UInt8(ascii: " ")), let zero = rest[blank...].firstIndex(of: 0),
      zero + 20 < rest.endIndex
    {
      let mode = rest[rest.startIndex..<blank]
      let kind: Kind = mode.first == UInt8(ascii: "4") ? .tree : mode.elementsEqual("160000".utf8) ? .submodule : .blob
      let id = bytes.withUnsafeBytes { PackedID(UnsafeRawBufferPointer(rebasing: $0[(zero + 1)...(zero + 20)])) }
      entries.append(TreeEntry(name: rest[(blank + 1)..<zero], kind: kind, id: id))
      rest = rest[(zero + 21)...]
    }
    return entries
  }
}

/// The parts of a commit object or an annotated tag (headers, an empty line, a message).
struct CommitParts {
  private(set) var tree: PackedID?
  private(set) var parents: [PackedID] = []
  /// What a tag is of.
  private(set) var object: PackedID?
  /// Author and committer, without the time.
  private(set) var people: [([UInt8], ScanPlace.Part)] = []
  /// All other headers.
  private(set) var others: [UInt8] = []
  let message: [UInt8]
  let whole: [UInt8]

  init(_ bytes: [UInt8]) {
    whole = bytes
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
      let line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      let blank = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
      let value = line[min(blank + 1, line.endIndex)...]
      switch String(decoding: line[..<blank], as: UTF8.self) {
      case "tree": tree = Self.id(value)
      case "parent": if let parent = Self.id(value) { parents.append(parent) }
      case "object": object = Self.id(value)
      case "author": people.append((Self.identity(value), .author))
      case "committer": people.append((Self.identity(value), .committer))
      case _: others += line + [UInt8(ascii: "\n")]
      }
    }
    message = Array(rest.dropFirst())
  }

  /// Name and address.
  private static func identity(_ value: ArraySlice<UInt8>) -> [UInt8] {
    Array(value.lastIndex(of: UInt8(ascii: ">")).map { value[...$0] } ?? value)
  }

  private static func id(_ digits: ArraySlice<UInt8>) -> PackedID? {
    var oid = git_oid()
    return git_oid_fromstr(&oid, String(decoding: digits, as: UTF8.self)) == 0 ? PackedID(oid) : nil
  }
}
