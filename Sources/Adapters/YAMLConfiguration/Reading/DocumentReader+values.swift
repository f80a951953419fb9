import DeliveryLoop
import TLSPolicy
import Yams

extension DocumentReader {
  /// A text that is not empty, as it is written: `8080` and `yes` are texts too.
  mutating func text(_ node: Node, _ key: String, advice: String = "write what it should be") -> String? {
    guard case .scalar(let scalar) = node, !node.isNothing else {
      complain(node, .wrongKind(key: key, expected: "a text", found: node.kind))
      return nil
    }
    guard !scalar.string.unicodeScalars.contains("\0") else {
      complain(node, .holdsNUL(key: key))
      return nil
    }
    guard !scalar.string.trimmed.isEmpty else {
      complain(node, .empty(key: key, advice: advice))
      return nil
    }
    return scalar.string
  }

  mutating func text(_ section: Section, _ key: String) -> String? {
    guard let node = section[key] else { return nil }
    return text(node, section.name(key))
  }

  /// Texts; one alone may stand without a list around it.
  mutating func texts(_ node: Node, _ key: String) -> [(text: String, node: Node)] {
    if case .scalar = node { return text(node, key).map { [($0, node)] } ?? [] }
    guard case .sequence(let elements) = node else {
      complain(node, .wrongKind(key: key, expected: "a list of texts", found: node.kind))
      return []
    }
    return elements.compactMap { element in text(element, key).map { ($0, element) } }
  }

  mutating func count(_ section: Section, _ key: String, within range: ClosedRange<Int>) -> Int? {
    guard let node = section[key], let text = text(node, section.name(key)) else { return nil }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), range.contains(number) else {
      complain(node, .notANumber(key: section.name(key), text: text, range: range))
      return nil
    }
    return number
  }

  mutating func duration(_ section: Section, _ key: String) -> Duration? {
    guard let node = section[key], let text = text(node, section.name(key)) else { return nil }
    guard let duration = DurationText.read(text) else {
      complain(node, .badDuration(key: section.name(key), text: text))
      return nil
    }
    return duration
  }

  /// A text is for the shell, a list is a program with its arguments; neither may switch certificate checks off.
  mutating func command(_ node: Node, _ key: String) -> CommandLine? {
    guard let line = commandLine(node, key) else { return nil }
    if let idiom = Idiom.first(inCommand: line.description) { complain(node, .uncheckedCertificates(idiom, key: key)) }
    return line
  }

  private mutating func commandLine(_ node: Node, _ key: String) -> CommandLine? {
    let advice = "write the command or remove it"
    guard case .sequence(let elements) = node else {
      guard node.kind == .text else {
        complain(node, .wrongKind(key: key, expected: "a command (a text or a list of texts)", found: node.kind))
        return nil
      }
      return text(node, key, advice: advice).map { .shell($0) }
    }
    guard let program = elements.first else {
      complain(node, .empty(key: key, advice: advice))
      return nil
    }
    var words = [text(program, key, advice: "name the program")]
    words += elements.dropFirst().map { argument($0, key) }
    let complete = words.compactMap(\.self)
    return complete.count == words.count ? .program(complete) : nil
  }

  mutating func command(_ section: Section, _ key: String) -> CommandLine? {
    guard let node = section[key] else { return nil }
    return command(node, section.name(key))
  }

  /// A list of commands; one alone may stand without a list around it.
  mutating func commands(_ section: Section, _ key: String) -> [CommandLine] {
    guard let node = section[key] else { return [] }
    guard case .sequence(let elements) = node else { return command(node, section.name(key)).map { [$0] } ?? [] }
    return elements.compactMap { command($0, section.name(key)) }
  }

  /// Reports the names in `{{…}}` that will have no value there.
  mutating func checkTemplate(_ text: String, _ node: Node, _ key: String, names: [String]) {
    for name in Template(text).names where !names.contains(name) {
      complain(node, .unknownTemplateName(name, key: key, known: names))
    }
    if let open = text.ranges(of: "{{").last, !text[open.upperBound...].contains("}}") {
      complain(node, .openTemplate(key: key))
    }
  }

  /// An argument may be empty.
  private mutating func argument(_ node: Node, _ key: String) -> String? {
    if case .scalar(let scalar) = node, scalar.string.isEmpty, !node.isNothing { return "" }
    return text(node, key, advice: "write the argument or quote it")
  }
}

extension Mistake {
  static func uncheckedCertificates(_ idiom: Idiom, key: String) -> Mistake {
    .uncheckedCertificates(key: key, what: idiom.what, instead: idiom.instead)
  }
}
