/// The idioms that are built in, in the language of rule files (see docs/secrets.md): what is found, `=>`, what to do
/// instead. Where two find the same place, the first one names it.
enum IdiomText {
  static let all = [systems, managed, clients, settings, platforms, scripting].joined(separator: "\n\n")

  // Pieces of patterns; those with letters are for patterns that ignore case.

  /// Between a name and its value, in assignments, arguments, members and options; a quote may be
  /// escaped, as in JSON that stands in a text.
  static let gives = #"["'`\])\\]*\s*(?:=>|:=|=(?![=>~])|:(?!:)|,)\s*\\?["'`]?"#
  static let off = #"(?:false|no|off|none|0|!1)(?![\w.])"#
  static let on = #"(?:true|yes|on|1|!0)(?![\w.])"#
  /// What may stand behind the name of a program and before what is looked for: within one command, over continued lines.
  static func upTo(_ argument: String) -> String {
    let bare = #"["'`]?(?=["'`\s,])(?:\\\r?\n|,\s*\r?\n|(?!ARGUMENT)(?:[^|;&]|[;&](?![\s;&]))){0,2000}ARGUMENT"#
    return bare.split(separator: "ARGUMENT", omittingEmptySubsequences: false).joined(separator: argument)
  }
  /// What stands somewhere in the rest of a line's first command.
  static func before(_ words: String) -> String { "(?:(?!\(words))[^\\r\\n;]){0,200}\(words)" }
  /// One of these arguments, whole.
  static func argument(_ words: String) -> String { upTo(#"["'`\s,](?:\#(words))(?![\w-])"#) }
  /// What switches curl's checks off; the letters are its options without an argument.
  static let curlFlags = upTo(
    #"["'`\s,](?:--ins[a-z]*(?![\w-])|--(?:proxy|doh)-ins[a-z]*(?![\w-])|-[0-9aBfgGiIjJlLMnNOpqRsSvZ#:]*k)"#)
}
