import Codings
import DeliveryLoop
import JSONText
import LiveChecks

/// A body as it is compared: JSON by value, other text by its letters, the rest by its bytes.
enum BodyShape {
  case none
  case json(JSON, Blanks)
  case text(ShapedText)
  case bytes([UInt8])

  init(_ bytes: [UInt8]?, _ blanks: Blanks) {
    guard let bytes else {
      self = .none
      return
    }
    if let json = try? JSON.parse(bytes), json.array != nil || json.object != nil, json.hasPlainNames {
      self = .json(json, blanks)
    } else if let text = String(validating: bytes, as: UTF8.self) {
      self = .text(ShapedText(text, blanks))
    } else {
      self = .bytes(bytes)
    }
  }

  /// Whether what is sent is what was planned, with anything in the place of the blanks.
  func fits(_ sent: BodyShape) -> Bool {
    switch (self, sent) {
    case (.none, .none): true
    case (.json(let planned, let blanks), .json(let sent, _)): planned.fits(sent, blanks)
    case (.text(let planned), .text(let sent)): sent.literal.map(planned.fits) ?? false
    // A blank may have turned into what makes JSON of it.
    case (.text(let planned), .json(let sent, _)): planned.isBlank || planned.fits(sent.compact)
    case (.bytes(let planned), .bytes(let sent)): planned == sent
    default: false
    }
  }

  /// For people and for the digest: nil for none.
  func shown(_ blanks: Blanks) -> String? {
    switch self {
    case .none: nil
    case .json(let json, _): Self.shown(json.sorted.compact, blanks)
    case .text(let text): Self.shown(text.marked, blanks)
    case .bytes(let bytes): Self.measured(bytes)
    }
  }

  /// Larger ones are told by their size and their digest.
  private static let limit = 65_536

  /// What holds `{{` itself could be mistaken for a blank, so the digest stands beside it.
  private static func shown(_ text: String, _ blanks: Blanks) -> String {
    let bytes = Array(text.utf8)
    let hasBlanks = blanks.contained(in: text)
    if bytes.count > limit, !hasBlanks { return measured(bytes) }
    let isPlain = !text.contains("{{") && bytes.count <= limit
    return isPlain ? blanks.shown(text) : "\(blanks.shown(text)) (\(measured(bytes)))"
  }

  private static func measured(_ bytes: [UInt8]) -> String {
    "\(bytes.count) bytes, SHA-256 \(Hexadecimal.encode(SHA256.digest(bytes)))"
  }
}

extension JSON {
  /// Whether no object has two members of one name, of which every reader may take another.
  fileprivate var hasPlainNames: Bool {
    switch self {
    case .object(let object):
      Set(object.names).count == object.count && object.members.allSatisfy(\.value.hasPlainNames)
    case .array(let elements): elements.allSatisfy(\.hasPlainNames)
    case .string, .number, .bool, .null: true
    }
  }

  /// With the members of all objects in the order of their names.
  var sorted: JSON {
    switch self {
    case .object(let object):
      .object(JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, $0.value.sorted) }))
    case .array(let elements): .array(elements.map(\.sorted))
    case .string, .number, .bool, .null: self
    }
  }

  fileprivate func fits(_ sent: JSON, _ blanks: Blanks) -> Bool {
    switch (self, sent) {
    case (.object(let planned), .object(let sent)):
      guard planned.count == sent.count else { return false }
      return planned.members.allSatisfy { member in
        let name = ShapedText(member.name, blanks)
        if let literal = name.literal { return sent[literal].map { member.value.fits($0, blanks) } ?? false }
        return sent.members.contains { name.fits($0.name) && member.value.fits($0.value, blanks) }
      }
    case (.array(let planned), .array(let sent)):
      return planned.count == sent.count && zip(planned, sent).allSatisfy { $0.fits($1, blanks) }
    case (.string(let planned), _) where ShapedText(planned, blanks).isBlank: return true
    case (.string(let planned), .string(let sent)): return ShapedText(planned, blanks).fits(sent)
    default: return self == sent
    }
  }
}
