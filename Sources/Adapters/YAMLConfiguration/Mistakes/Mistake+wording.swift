import DeliveryLoop

extension Mistake {
  /// Lower case, names the thing in quotes, ends with what to do next.
  var message: String {
    switch self {
    case .notText(let offset): "byte \(offset) is not UTF-8; save the file as UTF-8"
    case .tooLarge(let limit):
      "the file is larger than \(limit) bytes; a configuration is short, so this is another file"
    case .syntax(let words): "this is not YAML: \(words); mend it here"
    case .duplicateKey(let key): "the key \"\(key)\" stands here and again further down; keep one of them"
    case .unknownKey(let key, let place, let known):
      "there is no key \"\(key)\" in \(place); " + "the keys are \(listed(known))"
    case .missingKey(let key, let place, let advice): "the key \"\(key)\" is missing in \(place); \(advice)"
    case .notSupportedYet(let what, let advice): "\"\(what)\" is not supported yet; \(advice)"
    case .wrongKind(let key, let expected, let found): "\"\(key)\" has to be \(expected), not \(found.wording)"
    case .empty(let key, let advice): "\"\(key)\" is empty; \(advice)"
    case .holdsNUL(let key): "\"\(key)\" holds a NUL character, which no program can be given; remove it"
    case .notANumber(let key, let text, let range):
      "\"\(key)\" is \"\(text)\"; write a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .badDuration(let key, let text, let word):
      "\"\(key)\" is \"\(text)\"; write a number from 1 and a unit (ms, s, m, h or d), such as 500ms, 20s, 45m, 2h or 90d"
        + (word.map { ", or \($0)" } ?? "")
    case .badSum(let key, let text):
      "\"\(key)\" is \"\(text)\"; write a sum above zero, with a currency if it is not USD, such as 20.00 or 20.00 EUR"
    case .badName(let name):
      "\"\(name)\" cannot be the name of an environment variable; use letters, digits and _, not starting with a digit"
    case .reservedName(let name): "names that start with WAYBILL_ are set for every command; rename \"\(name)\""
    case .secretInEnvironment(let name):
      "\"\(name)\" is declared under \"secrets\" as well; keep it there and remove it here"
    case .duplicateSource(let key): "\"\(key)\" names more than one source; keep one of them"
    case .unknownChoice(let key, let text, let known):
      "\"\(text)\" is nothing that \"\(key)\" knows; write one of \(listed(known))"
    case .unknownTemplateName(let name, let key, let known):
      "\"{{\(name)}}\" has no value in \"\(key)\"; " + "the names are \(listed(known))"
    case .openTemplate(let key): "a \"{{\" in \"\(key)\" is not closed; end it with \"}}\""
    case .outsideRepository(let key, let path):
      "\"\(path)\" in \"\(key)\" leaves the repository; name a file below its root, without \"..\""
    case .notAQuorum(let text):
      "\"validate.quorum\" is \"\(text)\"; write how often a validation has to pass of how many tries, such as 2 of 3 "
        + "(\(Quorum.most) tries at the most)"
    case .badMethod(let key, let text): "\"\(key)\" is \"\(text)\"; write a method in capitals, such as POST"
    case .badPath(let key, let text): "\"\(key)\" is \"\(text)\"; a path starts with /, such as /v1/actions/*"
    case .badJSONPath(let key, let text, let reason):
      "\"\(key)\" has \"\(text)\", which is no JSONPath: \(reason); write one such as $.items[*].updated_at"
    case .badEnvironment(let name):
      "\"\(name)\" cannot be the name of an environment; use small letters, digits, - and _, and neither \"service\" nor "
        + "\"elsewhere\", which stand for the service that is started and for all that is not listed"
    case .badOrigin(let url):
      "\"\(url)\" is no address of an environment; write scheme, host and port only, such as https://pve.example:8006"
    case .badPublicKey(let text):
      "\"\(text)\" is no public key; write it as \"waybill keys show\" prints it: name, +, 8 digits, +, base64"
    case .sharedOrigin(let origin, let name, let other):
      "\"\(origin)\" belongs to \"\(other)\" already; an address is in one environment, so take it out of \"\(name)\""
    case .unknownSecret(let name, let key, let known):
      "there is no secret \"\(name)\" for \"\(key)\"; "
        + (known.isEmpty ? "declare it under \"secrets\"" : "the secrets are \(listed(known))")
    case .badRef(let key, let text):
      "\"\(text)\" cannot be a name for \"\(key)\"; write it as git shows it, such as main"
    case .uncheckedCertificates(let key, let what, let instead):
      "\"\(key)\" switches certificate checks off: \(what); \(instead)"
    case .badReadyURL(let fault, let url): "\"service.ready.url\" is \"\(url)\": \(fault.wording)"
    }
  }

  private func listed(_ words: [String]) -> String { words.joined(separator: ", ") }
}

extension Mistake.Kind {
  var wording: String { self == .nothing ? "empty; fill it in or remove the key" : rawValue }
}

extension ReadyURL.Fault {
  var wording: String {
    switch self {
    case .scheme: "it has to start with http:// or https://"
    case .userInfo: "it carries a user name or password; keep secrets out of the configuration"
    case .notLoopback: "the service is started on this machine; use 127.0.0.1, [::1] or localhost"
    case .noPort: "the port is missing; write it out, such as http://127.0.0.1:8080/healthz"
    case .badPort: "the port is not a number from 1 to 32767"
    case .ephemeralPort:
      "ports from 32768 on are handed out to outgoing connections, which can take the port from the service or answer "
        + "in its place; use one from 1 to 32767"
    case .badCharacter: "it holds a blank or a control character; write it percent-encoded"
    }
  }
}
