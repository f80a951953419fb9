import Codings
import JSONText

extension IssuedValues {
  /// One document, or one a line.
  mutating func readJSON(_ bytes: [UInt8]) {
    if let document = try? JSONDocument(bytes) { return read(document) }
    for line in bytes.split(separator: 0x0a) where line.count < bytes.count {
      if let document = try? JSONDocument(Array(line)) { read(document) }
    }
  }

  private mutating func read(_ document: JSONDocument) {
    for node in document.containers(in: document.root) { read(node, of: document) }
    // Documents within texts.
    for node in document.strings(beginningWith: [UInt8(ascii: "{"), UInt8(ascii: "[")]) {
      if let text = document.json(at: node).string, let inner = try? JSONDocument(Array(text.utf8)) { read(inner) }
    }
  }

  /// The members of an object; those of the objects in it are read by themselves.
  private mutating func read(_ node: JSONDocument.Node, of document: JSONDocument) {
    let members = document.members(of: node, atMost: .max)
    func text(_ name: String) -> String? {
      members.first { $0.name == name }.flatMap { document.json(at: $0.value).string }
    }
    for (name, value) in members {
      switch name {
      // What Kubernetes calls a secret holds its values in base64, under names of the user's.
      case "data" where text("kind") == "Secret", "stringData" where text("kind") == "Secret":
        for (key, value) in document.members(of: value, atMost: .max) {
          take(document.json(at: value), under: key, isEncoded: name == "data")
        }
      // What Proxmox answers to the making of an API token.
      case "value" where text("full-tokenid") != nil: take(document.json(at: value), under: name)
      case _ where isSecret(name): take(document.json(at: value), under: name)
      case _: break
      }
    }
  }

  private mutating func take(_ json: JSON, under name: String, isEncoded: Bool = false) {
    switch json {
    case .null, .bool: break
    case .number(let number): add(number.literal, from: "response", under: name)
    case .string(let text):
      add(text, from: "response", under: name)
      if isEncoded, let bytes = Base64.decode(text) {
        add(String(decoding: bytes, as: UTF8.self), from: "response", under: name)
      }
    case .array(let elements): for element in elements { take(element, under: name) }
    case .object(let object):
      for (inner, value) in object.members where SecretName.isValue(inner) { take(value, under: name) }
    }
  }

  /// XML and HTML, as far as it takes to find values under names: text of elements, attributes, and what a form or a page
  /// says in pairs of attributes (`name` and `value`, `name` and `content`).
  mutating func readMarkup(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(start + 1)...]
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return }
      let tag = Tag(rest[..<end])
      rest = rest[(end + 1)...]
      if SecretName.isSecret(tag.name) {
        var text = rest.prefix { $0 != UInt8(ascii: "<") }
        if text.isEmpty, rest.starts(with: Array("<![CDATA[".utf8)) {
          text = rest.dropFirst(9).prefix { $0 != UInt8(ascii: "]") }
        }
        add(Tag.plain(text), from: "response", under: tag.name)
      }
      var (label, value) = ("", "")
      for (name, text) in tag.attributes {
        if SecretName.isSecret(name) { add(text, from: "response", under: name) }
        switch name.lowercased() {
        case "name", "id", "key", "property": if SecretName.isSecret(text) { label = text }
        case "value", "content": value = text
        case _: break
        }
      }
      if !label.isEmpty, !value.isEmpty { add(value, from: "response", under: label) }
    }
  }
}

/// The name and the attributes of one tag.
private struct Tag {
  /// Without the prefix of a namespace.
  private(set) var name: String
  private(set) var attributes: [(name: String, value: String)] = []

  init(_ source: ArraySlice<UInt8>) {
    var rest = source
    let full = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    name = Self.local(full)
    rest = rest[full.endIndex...]
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")), equals > rest.startIndex {
      let key = rest[..<equals].split(whereSeparator: { $0 <= 0x20 }).last ?? []
      var value = rest[(equals + 1)...].drop { $0 <= 0x20 }
      let quote = value.first ?? 0
      if quote == 0x22 || quote == 0x27 {
        value = value.dropFirst()
        let text = value.prefix { $0 != quote }
        attributes.append((Self.local(key), Self.plain(text)))
        rest = value[text.endIndex...].dropFirst()
      } else {
        let text = value.prefix { $0 > 0x20 }
        attributes.append((Self.local(key), Self.plain(text)))
        rest = value[text.endIndex...]
      }
    }
  }

  private static func local(_ name: ArraySlice<UInt8>) -> String {
    String(decoding: name.split(separator: UInt8(ascii: ":")).last ?? name, as: UTF8.self)
  }

  /// Text without the entities that every reader knows.
  static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("&") else { return text }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'")] {
      text = text.parts(separatedBy: entity).joined(separator: character)
    }
    return text.parts(separatedBy: "&amp;").joined(separator: "&")
  }
}
