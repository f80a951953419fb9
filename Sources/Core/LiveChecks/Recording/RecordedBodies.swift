import Codings
package import JSONText

/// The bodies in a record: what of them stands in it, and what is kept beside it.
package enum RecordedBodies {
  /// In bytes: a larger body is kept on its own, by its digest.
  package static let largest = 1 << 20

  /// The record with the SHA-256 of each body's bytes as they are kept.
  ///
  /// - Parameters:
  ///   - limit: in bytes; what is larger is handed to `keep`, which returns the digest under which it is found again.
  package static func sealed(
    _ record: JSON, above limit: Int = largest, keep: ([UInt8]) throws -> String
  ) rethrows -> JSON {
    try record.mapping("entries") { entry in
      try entry.mapping("attempts") { attempt in
        try attempt.mapping("exchanges") { exchange in
          guard case .object(var object) = exchange else { return exchange }
          for name in ["request", "response"] {
            guard case .object(var message)? = object[name], let body = message["body"] else { continue }
            message["body"] = try sealed(body, above: limit, keep)
            object[name] = .object(message)
          }
          return .object(object)
        }
      }
    }
  }

  private static func sealed(_ body: JSON, above limit: Int, _ keep: ([UInt8]) throws -> String) rethrows -> JSON {
    guard case .object(var object) = body, let bytes = BodyRecord.bytes(body) else { return body }
    guard bytes.count > limit else {
      object["sha256"] = .string(Hexadecimal.encode(SHA256.digest(bytes)))
      return .object(object)
    }
    object["text"] = nil
    object["base64"] = nil
    object["sha256"] = .string(try keep(bytes))
    object["kept"] = "apart"
    return .object(object)
  }
}

extension JSON {
  /// The same with each element of a member that is an array replaced.
  fileprivate func mapping(_ name: String, _ body: (JSON) throws -> JSON) rethrows -> JSON {
    guard case .object(var object) = self, let elements = object[name]?.array else { return self }
    object[name] = .array(try elements.map(body))
    return .object(object)
  }
}
