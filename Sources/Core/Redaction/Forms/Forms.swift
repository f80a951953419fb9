/// All needles of one secret.
struct Forms {
  /// From this length on, in bytes, a text is a long one.
  private static let longText = 1024

  private let secret: Int
  private var seen: Set<Needle> = []
  private var needles: [Needle] = []

  static func needles(of secret: Secret, index: Int) -> [Needle] {
    secret.reveal { value in
      var forms = Forms(secret: index)
      // Blanks around a value say nothing, and are often cut off.
      let core = Array(value.trimmingBlanks)
      let parts = SecretParts.all(of: core)
      forms.addPlain(core, as: .verbatim)
      if core.count >= Secret.safeLength {
        for (bytes, edges) in Base64Forms.twice(core) { forms.add(bytes, .base64, edges) }
      }
      // Escapes are local: those of a long text are found in its parts, for a fraction of the memory.
      if parts.isEmpty || core.count <= Self.longText { forms.addEscaped(core) }
      for part in parts {
        forms.addPlain(part, as: .line)
        forms.addEscaped(part)
      }
      return forms.needles
    }
  }

  private init(secret: Int) { self.secret = secret }

  /// As it stands, and in the forms in which bytes depend on their neighbours.
  private mutating func addPlain(_ value: [UInt8], as form: SecretForm) {
    add([value, readable(value)], form)
    if value.count >= Secret.safeLength {
      // Of a longer value the characters within are enough to be no accident.
      for (bytes, edges) in Base64Forms.all(of: value) { add(bytes, .base64, edges) }
    } else {
      add(Base64Forms.alone(value), .base64)
    }
  }

  /// In the forms that replace single bytes, where they can be listed; what notations do is left to the views.
  private mutating func addEscaped(_ value: [UInt8]) {
    add(HexForms.all(of: value), .hex)
    add(QuotedForms.all(of: value), .quoted)
    add(UTF16Forms.all(of: value), .utf16)
  }

  private mutating func add(_ spellings: [[UInt8]], _ form: SecretForm) {
    for bytes in spellings { add(bytes, form, bytes.count < Secret.safeLength ? .words : .free) }
  }

  private mutating func add(_ bytes: [UInt8], _ form: SecretForm, _ edges: Needle.Edges) {
    guard bytes.count >= Secret.minimumLength else { return }
    // The same bytes in another form find nothing new.
    guard seen.insert(Needle(bytes: bytes, secret: secret, form: .verbatim, edges: edges)).inserted else { return }
    needles.append(Needle(bytes: bytes, secret: secret, form: form, edges: edges))
  }

  /// What remains of bytes that are no UTF-8 once somebody has made text of them; empty where too little of the value
  /// remains.
  private func readable(_ value: [UInt8]) -> [UInt8] {
    let text = String(decoding: value, as: UTF8.self)
    return text.unicodeScalars.count { $0 != "\u{fffd}" } >= Secret.safeLength ? Array(text.utf8) : []
  }
}
