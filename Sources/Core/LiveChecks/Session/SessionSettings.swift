/// How a session goes about its file, where the file's own options say nothing.
package struct SessionSettings: Sendable {
  /// The first and the last entry to be carried out, from 1; nil where there is no such limit.
  package var first: Int?
  package var last: Int?
  /// Goes on with the next entry after one that failed.
  package var continuesOnError = false
  /// Judges responses; without it they are only received, and captures are taken.
  package var judges = true
  /// Looks through what is exchanged for what it hands out; for whoever keeps it.
  package var noticesIssuedSecrets = true
  /// With which a session begins.
  package var cookies: [StoredCookie] = []
  /// Cookies of a response go with the requests that follow.
  package var keepsCookies = true
  /// In bytes; nil leaves it to the transport.
  package var maxResponseSize: Int? {
    get { options.transfer.maxResponseSize }
    set { options.transfer.maxResponseSize = newValue }
  }
  var options: EntryOptions

  package init(transfer: TransferOptions = TransferOptions()) { options = EntryOptions(transfer: transfer) }

  /// Takes over an option by the name that it has in `[Options]`; throws what is wrong with the name or the value, as a
  /// fragment.
  package mutating func set(_ name: String, to value: String) throws(OptionError) {
    guard let known = OptionSpec.Name(rawValue: name) else { throw OptionError("there is no option \"\(name)\"") }
    try options.set(known, to: value)
  }

  func includes(_ index: Int) -> Bool { index + 1 >= first ?? 1 && index + 1 <= last ?? .max }
}
