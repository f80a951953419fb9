import JSONText

/// Reads the members of one stored object, and names the one that is wrong.
struct Fields {
  let kind: String
  private let members: JSONObject?

  init(_ json: JSON, kind: String) {
    self.kind = kind
    members = json.object
  }

  func has(_ name: String) -> Bool { members?[name] != nil }

  func string(_ name: String) throws(UnreadableEvent) -> String {
    guard let text = members?[name]?.string else { throw .badMember(name, kind: kind) }
    return text
  }

  func int(_ name: String) throws(UnreadableEvent) -> Int {
    guard let number = members?[name]?.int else { throw .badMember(name, kind: kind) }
    return number
  }

  func optionalInt(_ name: String) throws(UnreadableEvent) -> Int? {
    guard let value = members?[name], value != .null else { return nil }
    guard let number = value.int else { throw .badMember(name, kind: kind) }
    return number
  }

  func bool(_ name: String) throws(UnreadableEvent) -> Bool {
    guard let value = members?[name]?.bool else { throw .badMember(name, kind: kind) }
    return value
  }

  func strings(_ name: String) throws(UnreadableEvent) -> [String] {
    guard let elements = members?[name]?.array else { throw .badMember(name, kind: kind) }
    let texts = elements.compactMap(\.string)
    guard texts.count == elements.count else { throw .badMember(name, kind: kind) }
    return texts
  }

  func ints(_ name: String) throws(UnreadableEvent) -> [Int] {
    guard let elements = members?[name]?.array else { throw .badMember(name, kind: kind) }
    let numbers = elements.compactMap(\.int)
    guard numbers.count == elements.count else { throw .badMember(name, kind: kind) }
    return numbers
  }

  /// A string that `make` accepts.
  func value<Value>(_ name: String, _ make: (String) -> Value?) throws(UnreadableEvent) -> Value {
    guard let value = make(try string(name)) else { throw .badMember(name, kind: kind) }
    return value
  }

  func optional<Value>(_ name: String, _ make: (String) -> Value?) throws(UnreadableEvent) -> Value? {
    guard let member = members?[name], member != .null else { return nil }
    return try value(name, make)
  }

  func step(_ name: String) throws(UnreadableEvent) -> Step {
    try value(name) { Step(rawValue: $0) }
  }

  func list<Value>(_ name: String, _ make: (Fields) throws(UnreadableEvent) -> Value) throws(UnreadableEvent) -> [Value]
  {
    guard let elements = members?[name]?.array else { throw .badMember(name, kind: kind) }
    var values: [Value] = []
    for element in elements { values.append(try make(Fields(element, kind: kind))) }
    return values
  }

  func inner(_ name: String) throws(UnreadableEvent) -> Fields {
    guard let member = optionalInner(name) else { throw .badMember(name, kind: kind) }
    return member
  }

  func optionalInner(_ name: String) -> Fields? {
    guard let member = members?[name], member.object != nil else { return nil }
    return Fields(member, kind: kind)
  }
}
