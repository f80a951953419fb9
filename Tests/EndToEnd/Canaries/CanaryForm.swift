/// One way of writing a secret down: Python that makes it of `s` (text) and `b` (bytes), and whether it is masked.
struct CanaryForm: Sendable {
  let name: String
  /// An expression for text or bytes.
  let python: String

  init(_ name: String, _ python: String) {
    self.name = name
    self.python = python
  }

  /// Every form that is promised for a secret of one line.
  static let ofLine: [CanaryForm] = [
    CanaryForm("verbatim", "s"),
    CanaryForm("base64", "b64(b)"), CanaryForm("base64 with its line break", "b64(b + b'\\n')"),
    CanaryForm("base64 at offset 1", "b64(b'x' + b + b'yz')"),
    CanaryForm("base64 at offset 2", "b64(b'xx' + b + b'y')"),
    CanaryForm("base64 at offset 3", "b64(b'xxx' + b + b'yyyy')"),
    CanaryForm("base64, safe in addresses", "base64.urlsafe_b64encode(b)"),
    CanaryForm("base64 without padding", "b64(b).rstrip(b'=')"), CanaryForm("base64 of base64", "b64(b64(b))"),
    CanaryForm("base64 in lines of 76", "base64.encodebytes(b'-' * 40 + b + b'-' * 20)"),
    CanaryForm("base64 in lines of 64", "b'\\n'.join(textwrap(b64(b'-' * 40 + b + b'-' * 20), 64))"),
    CanaryForm("hex", "b.hex()"), CanaryForm("hex in capitals", "b.hex().upper()"),
    CanaryForm("hex in both", "''.join(c.upper() if i % 3 else c for i, c in enumerate(b.hex()))"),
    CanaryForm("hex with colons", "b.hex(':')"), CanaryForm("hex with blanks", "b.hex(' ')"),
    CanaryForm("hex with escapes", "''.join('\\\\x%02x' % c for c in b)"),
    CanaryForm("a dump with its column of characters", "b'\\n' + dump(b)"),
    CanaryForm("percent signs", "quote(b, safe='')"),
    CanaryForm("percent signs in small letters", "lower(quote(b, safe=''))"),
    CanaryForm("some percent signs", "quote(b, safe='/+\\'')"),
    CanaryForm("percent signs for all", "''.join('%%%02X' % c for c in b)"),
    CanaryForm("percent signs twice", "quote(quote(b, safe=''), safe='')"), CanaryForm("a form", "quote_plus(b)"),
    CanaryForm("JSON", "json.dumps(s, ensure_ascii=False)"), CanaryForm("JSON in ASCII", "json.dumps(s)"),
    CanaryForm("JSON with escaped slashes", "json.dumps(s).replace('/', '\\\\/')"),
    CanaryForm(
      "JSON for HTML", "json.dumps(s).replace('<', '\\\\u003c').replace('>', '\\\\u003E').replace('&', '\\\\u0026')"),
    CanaryForm("JSON in escapes alone", "''.join('\\\\u%04x' % ord(c) for c in s)"),
    CanaryForm("JSON in JSON", "json.dumps(json.dumps({'k': s}))"),
    CanaryForm("XML", "html.escape(s)"), CanaryForm("XML in decimal", "''.join('&#%d;' % ord(c) for c in s)"),
    CanaryForm("XML in hex", "''.join('&#x%x;' % ord(c) for c in s)"),
    CanaryForm("a shell's quotes", "shlex.quote(s)"),
    CanaryForm("a shell's backslashes", "''.join(c if c.isalnum() else '\\\\' + c for c in s)"),
    CanaryForm(
      "a shell's octal",
      "\"$'\" + ''.join(chr(c) if 32 < c < 127 and c not in (39, 92) else '\\\\%03o' % c for c in b) + \"'\""),
    CanaryForm("printf %q", "bash('printf %q \"$CANARY\"')"), CanaryForm("set -x", "bash('set -x; : \"$CANARY\"')"),
    CanaryForm("declare -x", "bash('declare -px CANARY')"), CanaryForm("export -p", "sh('export -p | grep CANARY')"),
    CanaryForm("SQL", "\"'\" + s.replace(\"'\", \"''\") + \"'\""),
    CanaryForm("C", "'\"' + s.replace('\\\\', '\\\\\\\\').replace('\"', '\\\\\"') + '\"'"),
    CanaryForm("Python", "repr(s)"), CanaryForm("Python's bytes", "repr(b)"),
    CanaryForm("UTF-16, low byte first", "s.encode('utf-16-le')"),
    CanaryForm("UTF-16, high byte first", "s.encode('utf-16-be')"),
    CanaryForm("colours within", "''.join(c + ('\\x1b[31m' if i % 5 == 2 else '') for i, c in enumerate(s))"),
    CanaryForm("wrapped by a terminal", "s[:9] + '\\r\\n' + s[9:]"),
  ]

  /// Every form that is promised for a private key.
  static let ofKey: [CanaryForm] = [
    CanaryForm("lines", "s"), CanaryForm("lines with CR LF", "s.replace('\\n', '\\r\\n')"),
    CanaryForm("lines with CR CR LF", "s.replace('\\n', '\\r\\r\\n')"),
    CanaryForm("flattened", "s.replace('\\n', ' ')"),
    CanaryForm("literal line breaks", "s.replace('\\n', '\\\\n')"),
    CanaryForm("literal line breaks twice", "s.replace('\\n', '\\\\\\\\n')"),
    CanaryForm("lines behind a time", "s.replace('\\n', '\\n2026-01-02T03:04:05Z ')"),
    CanaryForm("quoted", "s.replace('\\n', '\\n> ')"),
    CanaryForm("a diff", "s.replace('\\n', '\\n+')"), CanaryForm("one line of it", "s.split('\\n')[2]"),
    CanaryForm("base64 of it", "b64(b)"), CanaryForm("JSON of it", "json.dumps({'key': s})"),
  ]

  /// A program that prints every form of `CANARY` and `CANARY_KEY`, and writes what must not be found into `../canaries`.
  static var program: String {
    """
    import base64, html, json, os, shlex, subprocess, sys
    from urllib.parse import quote, quote_plus

    b64 = base64.b64encode

    def textwrap(text, width):
        return [text[i:i + width] for i in range(0, len(text), width)]

    def lower(text):
        import re
        return re.sub("%[0-9A-F]{2}", lambda m: m.group(0).lower(), text)

    def dump(data):
        lines = []
        for i in range(0, len(data), 16):
            row = data[i:i + 16]
            pairs = " ".join(row[j:j + 2].hex() for j in range(0, len(row), 2))
            lines.append("%08x: %-39s  %s\\n" % (i, pairs, "".join(chr(c) if 32 <= c < 127 else "." for c in row)))
        return "".join(lines).encode()

    def bash(text):
        return subprocess.run(["bash", "-c", text], capture_output=True).stdout or subprocess.run(["bash", "-c", text], capture_output=True).stderr

    def sh(text):
        return subprocess.run(["sh", "-c", text], capture_output=True).stdout

    out = sys.stdout.buffer

    def emit(name, value):
        data = value if isinstance(value, bytes) else value.encode()
        with open("../canaries/" + name.replace(" ", "_").replace("%", ""), "wb") as file:
            file.write(data)
        out.write(b"[" + name.encode() + b"] ")
        out.flush()
        # Whatever the form, it is written in two pieces that no line ends.
        out.write(data[:len(data) // 2])
        out.flush()
        out.write(data[len(data) // 2:] + b"\\n")
        out.flush()

    s = os.environ["CANARY"]
    b = s.encode()
    \(ofLine.map { "emit('\($0.name.replacing("'", with: "\\'"))', \($0.python))" }.joined(separator: "\n"))
    s = os.environ["CANARY_KEY"]
    b = s.encode()
    \(ofKey.map { "emit('key: \($0.name.replacing("'", with: "\\'"))', \($0.python))" }.joined(separator: "\n"))
    """
  }
}
