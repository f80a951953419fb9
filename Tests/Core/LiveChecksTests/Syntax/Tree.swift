@testable import LiveChecks

/// A parsed file as text, without anything that changes when blanks do: places, widths and what is quoted from the source.
func tree(_ file: CheckFile) -> String { text(of: file.entries) }

private func text(of value: Any) -> String {
  if value is Place { return "" }
  if let pattern = value as? Pattern { return "/\(pattern.source)/" }
  let mirror = Mirror(reflecting: value)
  guard !mirror.children.isEmpty else { return "\(value)" }
  let ignored: Set = ["place", "urlPlace", "valuePlace", "argumentPlace", "width", "queryText", "predicateText"]
  let parts = mirror.children.compactMap { child -> String? in
    if let label = child.label, ignored.contains(label) { return nil }
    return "\(child.label ?? ""):\(text(of: child.value))"
  }
  return "(\(parts.joined(separator: ",")))"
}

extension CheckFile {
  static func parse(_ source: String) throws(CheckSyntaxError) -> CheckFile {
    try parse(Array(source.utf8), name: "t.hurl")
  }
}
