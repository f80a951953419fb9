import FileSystem

/// Where the passphrase of a key comes from: the variable `WAYBILL_PASSPHRASE`, or else whoever sits at the terminal.
enum Passphrase {
  private static var given: [UInt8]? { ProcessEnvironment.own.all["WAYBILL_PASSPHRASE"].map { Array($0.utf8) } }

  /// For a key that has one; throws where nobody can be asked.
  static func existing(of name: String) throws -> [UInt8] {
    guard let passphrase = given ?? Terminal.ask("Passphrase of the key \"\(name)\": ") else {
      throw KeyMistake.noPassphrase(name)
    }
    return passphrase
  }

  /// For a key that is made: typed twice.
  static func new(for name: String) throws -> [UInt8] {
    if let given, !given.isEmpty { return given }
    guard let first = Terminal.ask("New passphrase of the key \"\(name)\": "), !first.isEmpty else {
      throw KeyMistake.noPassphrase(name)
    }
    guard Terminal.ask("The same again: ") == first else { throw KeyMistake.passphrasesDiffer }
    return first
  }
}
