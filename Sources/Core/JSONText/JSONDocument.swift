/// A JSON text that has been read once and is unpacked only where somebody looks: beside the text itself it takes eight bytes a
/// value and eight a member's name, however large the document is.
package struct JSONDocument: Sendable {
  /// Arrays and objects within each other.
  package static let depthLimit = 512

  /// Where in a document a value stands.
  package struct Node: Hashable, Sendable {
    let entry: Int
  }

  package enum Kind: Sendable {
    case null, bool(Bool), number, string, array, object
  }

  /// One value, or one member's name, in the order of the text.
  struct Entry {
    /// The offset of its first byte, which tells its kind.
    let start: UInt32
    /// Of an array or object the entry behind its last one; of a number or string how many bytes it takes, quotes included.
    var extent: UInt32

    /// Set in the extent of a string that has to be unescaped.
    static let escaped: UInt32 = 1 << 31
  }

  let bytes: [UInt8]
  let entries: [Entry]

  /// Reads one document in UTF-8 and nothing after it; nesting deeper than 512 levels and more than 2 GiB are refused.
  package init(_ bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    try scanner.scan()
    self.bytes = bytes
    entries = scanner.entries
  }

  package var root: Node { Node(entry: 0) }

  /// How many values and names there are: what it can cost to look at all of them.
  package var size: Int { entries.count }

  package var byteCount: Int { bytes.count }

  /// The same as `size` for what is in one value, itself included.
  package func size(of node: Node) -> Int { end(of: node) - node.entry }

  package func kind(of node: Node) -> Kind {
    switch first(of: node) {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"): .bool(true)
    case UInt8(ascii: "f"): .bool(false)
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// The values in an array or object, in their order; none in anything else.
  package func children(of node: Node) -> [Node] {
    let step = isObject(node) ? 1 : 0
    guard step == 1 || isArray(node) else { return [] }
    let end = end(of: node)
    var children: [Node] = []
    var entry = node.entry + 1
    while entry < end {
      let child = Node(entry: entry + step)
      children.append(child)
      entry = self.end(of: child)
    }
    return children
  }

  /// How many values there are in an array or object.
  package func childCount(of node: Node) -> Int {
    let step = isObject(node) ? 1 : 0
    let end = end(of: node)
    var count = 0
    var entry = node.entry + 1
    while entry < end {
      count += 1
      entry = self.end(of: Node(entry: entry + step))
    }
    return count
  }

  /// The arrays and objects in a value, itself included, each in front of those that are in it, in the order of the text.
  package func containers(in node: Node) -> [Node] {
    // A member's name has the first byte of a string and so is never taken for one.
    (node.entry..<end(of: node)).lazy.map { Node(entry: $0) }.filter { isArray($0) || isObject($0) }
  }

  /// The texts, names of members included, whose first byte is one of these; those that begin with an escape are left out.
  package func strings(beginningWith first: Set<UInt8>) -> [Node] {
    let isWanted = (0..<256).map { first.contains(UInt8($0)) }
    return entries.indices.filter { index in
      let start = Int(entries[index].start)
      return bytes[start] == UInt8(ascii: "\"") && isWanted[Int(bytes[start + 1])]
    }.map { Node(entry: $0) }
  }

  /// The first members of an object, in their order; none of anything else.
  package func members(of node: Node, atMost limit: Int) -> [(name: String, value: Node)] {
    guard isObject(node) else { return [] }
    let end = end(of: node)
    var members: [(String, Node)] = []
    var entry = node.entry + 1
    while entry < end, members.count < limit {
      let value = Node(entry: entry + 1)
      members.append((string(at: Node(entry: entry)), value))
      entry = self.end(of: value)
    }
    return members
  }

  /// The value of the last member of that name, and how many members there are; nil for anything but an object.
  package func member(_ name: String, of node: Node) -> (value: Node?, among: Int)? {
    guard isObject(node) else { return nil }
    let name = Array(name.utf8)
    let end = end(of: node)
    var found: Node?
    var count = 0
    var entry = node.entry + 1
    while entry < end {
      let value = Node(entry: entry + 1)
      if isSpelt(Node(entry: entry), name) { found = value }
      count += 1
      entry = self.end(of: value)
    }
    return (found, count)
  }

  /// Unpacks a value with all that is in it.
  package func json(at node: Node) -> JSON {
    switch kind(of: node) {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .number: return .number(JSONNumber(unchecked: String(decoding: text(of: node), as: UTF8.self)))
    case .string: return .string(string(at: node))
    case .array: return .array(children(of: node).map { json(at: $0) })
    case .object:
      return .object(JSONObject(members: members(of: node, atMost: .max).map { ($0.name, json(at: $0.value)) }))
    }
  }

  /// The entry behind a value and all that is in it.
  private func end(of node: Node) -> Int {
    isObject(node) || isArray(node) ? Int(entries[node.entry].extent) : node.entry + 1
  }

  private func first(of node: Node) -> UInt8 { bytes[Int(entries[node.entry].start)] }
  private func isObject(_ node: Node) -> Bool { first(of: node) == UInt8(ascii: "{") }
  private func isArray(_ node: Node) -> Bool { first(of: node) == UInt8(ascii: "[") }

  /// The bytes of a number or, with its quotes, of a string.
  private func text(of node: Node) -> ArraySlice<UInt8> {
    let entry = entries[node.entry]
    let start = Int(entry.start)
    return bytes[start..<start + Int(entry.extent & ~Entry.escaped)]
  }

  private func string(at node: Node) -> String {
    let text = text(of: node).dropFirst().dropLast()
    let isEscaped = entries[node.entry].extent & Entry.escaped != 0
    return String(decoding: isEscaped ? JSONEscapes.resolve(text)[...] : text, as: UTF8.self)
  }

  private func isSpelt(_ key: Node, _ name: [UInt8]) -> Bool {
    let entry = entries[key.entry]
    guard entry.extent & Entry.escaped == 0 else { return string(at: key).utf8.elementsEqual(name) }
    guard Int(entry.extent) == name.count + 2 else { return false }
    let start = Int(entry.start) + 1
    for index in name.indices where bytes[start + index] != name[index] { return false }
    return true
  }
}
