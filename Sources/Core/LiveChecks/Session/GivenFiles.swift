/// The files that bodies and comparisons name, as far as a session has been given them.
struct GivenFiles: Sendable {
  /// nil where it is known that there is none.
  private var contents: [String: [UInt8]?] = [:]

  mutating func give(_ name: String, _ content: [UInt8]?) { contents[name] = .some(content) }

  /// What is not there yet may be there at the next try.
  mutating func forgetMissing() { contents = contents.filter { $0.value != nil } }

  /// The content of a file; throws a failure that names it where it has to be read first.
  func content(of file: FileSpec, _ variables: Variables) throws(CheckFailure) -> [UInt8] {
    let name = try path(of: file, variables)
    switch contents[name] {
    case .some(.some(let bytes)): return bytes
    case .some(nil):
      throw CheckFailure(
        kind: .runtime, title: "File read access", place: file.place, width: file.width,
        message: "there is no file \"\(name)\" beside this one; add it")
    case nil:
      throw CheckFailure(
        kind: .runtime, title: "File read access", place: file.place, width: file.width,
        message: "\"\(name)\" has not been read", neededFile: name)
    }
  }

  /// Its name without dots, below the folder of the file of checks.
  func path(of file: FileSpec, _ variables: Variables) throws(CheckFailure) -> String {
    let name = try variables.fill(file.name)
    guard let path = Self.path(below: name) else {
      throw CheckFailure(
        kind: .runtime, title: "Unauthorized file access", place: file.place, width: file.width,
        message: "\"\(name)\" is not below the folder of this file; move it there")
    }
    return path
  }

  /// nil for what is empty, absolute or leads out of the folder.
  static func path(below name: String) -> String? {
    guard !name.hasPrefix("/"), !name.utf8.contains(0) else { return nil }
    var kept: [Substring] = []
    for part in name.split(separator: "/") where part != "." {
      if part != ".." { kept.append(part) } else if kept.popLast() == nil { return nil }
    }
    return kept.isEmpty ? nil : kept.joined(separator: "/")
  }
}
