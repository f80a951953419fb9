import DeliveryLoop
import Redaction

extension World {
  /// Throws where the arguments of a command hold a secret: everybody on the machine can read them.
  func refuseSecrets(in line: CommandLine) throws(SecretInArguments) {
    let words =
      switch line {
      case .shell(let text): [text]
      case .program(let words): words
      }
    for word in words {
      if let name = vault.set.findings(in: Array(word.utf8)).first?.name { throw SecretInArguments(secret: name) }
    }
  }
}

/// A configured command that would show a secret to everybody on the machine.
struct SecretInArguments: Error, Hashable, Explained {
  let secret: String

  var kind: Failure.Kind { .broken }
  var wording: String {
    "a command has the value of \"\(secret)\" in its arguments, which everybody on this machine can read; name the variable "
      + "$\(secret) instead, which the command gets in its environment"
  }
}
