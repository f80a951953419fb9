import DeliveryLoop

/// What can be wrong at one place of the configuration.
package enum Mistake: Hashable, Sendable {
  case notText(offset: Int)
  case tooLarge(limit: Int)
  /// In the words of the YAML parser.
  case syntax(String)
  case duplicateKey(String)
  case unknownKey(String, in: String, known: [String])
  case missingKey(String, in: String, advice: String)
  case notSupportedYet(String, advice: String)
  case wrongKind(key: String, expected: String, found: Kind)
  case empty(key: String, advice: String)
  case holdsNUL(key: String)
  case notANumber(key: String, text: String, range: ClosedRange<Int>)
  /// `orElse` is a word that may stand there as well.
  case badDuration(key: String, text: String, orElse: String? = nil)
  case badSum(key: String, text: String)
  case badName(String)
  case reservedName(String)
  case secretInEnvironment(String)
  /// A secret with a file and a command.
  case duplicateSource(String)
  case unknownChoice(key: String, text: String, known: [String])
  case unknownTemplateName(String, key: String, known: [String])
  case openTemplate(key: String)
  case outsideRepository(key: String, path: String)
  case notAQuorum(String)
  case badMethod(key: String, text: String)
  case badPath(key: String, text: String)
  case badJSONPath(key: String, text: String, reason: String)
  case badEnvironment(String)
  case badOrigin(String)
  case badPublicKey(String)
  /// An address that two environments have.
  case sharedOrigin(String, String, String)
  case unknownSecret(String, key: String, known: [String])
  case badRef(key: String, text: String)
  /// What switches certificate checks off, and what to do instead.
  case uncheckedCertificates(key: String, what: String, instead: String)
  case badReadyURL(ReadyURL.Fault, url: String)

  /// What stands in the file in place of what should.
  package enum Kind: String, Sendable {
    case nothing
    case text = "a text"
    case list = "a list"
    case mapping = "a mapping"
    /// `{{name}}` without quotes, which YAML reads as a mapping.
    case bareTemplate = "a mapping (a template such as \"{{task.id}}\" has to be quoted)"
  }

  /// The known word that is nearest to the unknown one.
  var suggestion: String? {
    if case .unknownKey(let word, _, let known) = self { return Spelling.nearest(to: word, among: known) }
    if case .unknownChoice(_, let word, let known) = self { return Spelling.nearest(to: word, among: known) }
    if case .unknownTemplateName(let word, _, let known) = self { return Spelling.nearest(to: word, among: known) }
    if case .unknownSecret(let word, _, let known) = self { return Spelling.nearest(to: word, among: known) }
    return nil
  }
}
