/// A body of several parts (RFC 7578).
package struct MultipartBody {
  /// What all boundaries begin with.
  package static let boundaryStart = "------------------------"

  struct Part {
    let name: String
    /// Only what follows its last slash is sent; nil for a part that is no file.
    var fileName: String?
    /// Guessed from the name of the file where it is nil.
    var type: String?
    let content: [UInt8]
  }

  let bytes: [UInt8]
  let boundary: String

  /// The boundary follows from the parts and stands in none of them.
  init(_ parts: [Part]) {
    let contents = parts.map(\.content)
    var hash = contents.joined().reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    var boundary: String
    repeat {
      hash = hash &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      boundary = Self.boundaryStart + String(hash, radix: 16)
    } while contents.contains { !$0.ranges(of: Array(boundary.utf8)).isEmpty }
    var bytes: [UInt8] = []
    for part in parts {
      bytes += Array("--\(boundary)\r\n\(part.header)\r\n".utf8) + part.content + Array("\r\n".utf8)
    }
    self.bytes = bytes + Array("--\(boundary)--\r\n".utf8)
    self.boundary = boundary
  }
}

extension MultipartBody.Part {
  fileprivate var header: String {
    let disposition = "Content-Disposition: form-data; name=\"\(Self.quoted(name))\""
    guard let fileName else { return disposition + "\r\n" }
    let base = fileName.split(separator: "/").last.map(String.init) ?? fileName
    return "\(disposition); filename=\"\(Self.quoted(base))\"\r\nContent-Type: \(type ?? Self.guessedType(base))\r\n"
  }

  /// What would end the name is percent-encoded, as browsers do (WHATWG HTML, "multipart form data").
  private static func quoted(_ name: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": text.append(contentsOf: "%22".unicodeScalars)
      case "\r": text.append(contentsOf: "%0D".unicodeScalars)
      case "\n": text.append(contentsOf: "%0A".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  private static func guessedType(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
    switch name[name.index(after: dot)...].lowercased() {
    case "gif": return "image/gif"
    case "jpg", "jpeg": return "image/jpeg"
    case "png": return "image/png"
    case "svg": return "image/svg+xml"
    case "txt": return "text/plain"
    case "htm", "html": return "text/html"
    case "pdf": return "application/pdf"
    case "xml": return "application/xml"
    default: return "application/octet-stream"
    }
  }
}
