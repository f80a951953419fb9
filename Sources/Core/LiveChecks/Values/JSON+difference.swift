import JSONText

/// The first place where two documents differ.
struct JSONDifference: Hashable {
  /// Such as `$.items[3].price`.
  let path: String
  /// nil where there is nothing.
  let actual: JSON?
  let expected: JSON?
}

extension JSON {
  /// nil when both mean the same.
  func difference(from expected: JSON, at path: String = "$") -> JSONDifference? {
    switch (self, expected) {
    case (.object(let a), .object(let b)): return Self.difference(a, b, at: path)
    case (.array(let a), .array(let b)):
      for index in 0..<max(a.count, b.count) {
        let place = "\(path)[\(index)]"
        guard index < a.count else { return JSONDifference(path: place, actual: nil, expected: b[index]) }
        guard index < b.count else { return JSONDifference(path: place, actual: a[index], expected: nil) }
        if let difference = a[index].difference(from: b[index], at: place) { return difference }
      }
      return nil
    default: return self == expected ? nil : JSONDifference(path: path, actual: self, expected: expected)
    }
  }

  private static func difference(_ actual: JSONObject, _ expected: JSONObject, at path: String) -> JSONDifference? {
    for name in expected.names + actual.names {
      let place = path.member(name)
      switch (actual[name], expected[name]) {
      case (let a?, let b?): if let difference = a.difference(from: b, at: place) { return difference }
      case (let a, let b): return JSONDifference(path: place, actual: a, expected: b)
      }
    }
    return nil
  }
}
