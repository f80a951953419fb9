/// What shells, SQL and YAML make of a value between or without quotes.
enum QuotedForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    let double = Set("\"\\$`".utf8)
    return [
      replacing("'", in: value, with: "'\\''"),
      replacing("'", in: value, with: "'\"'\"'"),
      replacing("'", in: value, with: "''"),
      replacing("\"", in: value, with: "\"\""),
      value.flatMap { double.contains($0) ? [.backslash, $0] : [$0] },
      // `printf %q` and `declare -p` of bash, Perl's quotemeta, and those who know only what is special to a shell.
      value.flatMap { $0.isWordByte || "-./:@+=%".utf8.contains($0) ? [$0] : [.backslash, $0] },
      value.flatMap { $0.isWordByte ? [$0] : [.backslash, $0] },
      value.flatMap { " \"'\\$`!&;|<>()*?[]{}~#".utf8.contains($0) ? [.backslash, $0] : [$0] },
    ]
  }

  private static func replacing(_ mark: Unicode.Scalar, in value: [UInt8], with text: String) -> [UInt8] {
    value.flatMap { $0 == UInt8(ascii: mark) ? Array(text.utf8) : [$0] }
  }
}
