/// Numbers that look random and come again (SplitMix64).
struct Random {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  /// 0..<limit
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
  mutating func isLucky(_ odds: Int) -> Bool { below(odds) == 0 }
}

/// Makes files of checks that are valid and laid out badly.
struct FileGenerator {
  var random: Random

  init(seed: UInt64) { random = Random(seed) }

  mutating func file() -> String {
    var text = random.isLucky(4) ? "\u{feff}" : ""
    text += emptyLines()
    for _ in 0..<random.below(4) { text += entry() }
    if random.isLucky(3), text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  // MARK: Blanks

  private mutating func blank() -> String { random.pick(["", "", "", " ", "  ", "\t"]) }
  private mutating func gap() -> String { random.pick([" ", " ", " ", "  ", "\t", " \t "]) }

  private mutating func emptyLines() -> String {
    var text = ""
    for _ in 0..<random.pick([0, 0, 0, 1, 2]) {
      text += blank() + random.pick(["", "", "# note", "#", "#  é  "]) + end()
    }
    return text + blank()
  }

  private mutating func end() -> String { random.isLucky(8) ? "\r\n" : "\n" }

  /// What follows the last word of a line.
  private mutating func lineEnd() -> String {
    let comment = random.isLucky(4) ? gap() + random.pick(["# why", "#", "# a  # b \t"]) : blank()
    return comment + end() + emptyLines()
  }

  private mutating func some(_ limit: Int, _ make: (inout FileGenerator) -> String) -> String {
    var text = ""
    for _ in 0..<random.below(limit) { text += make(&self) }
    return text
  }

  // MARK: Entries

  private mutating func entry() -> String {
    var text = random.pick(["GET", "POST", "QUERY", "DELETE"]) + gap()
    text += "http://h/\(random.pick(["", "a?b=1", "{{\(blank())id\(blank())}}", "x#y", "é"]))" + lineEnd()
    text += some(3) { $0.field() }
    for section in ["Query", "Form", "Cookies", "Multipart", "Options", "BasicAuth"] where random.isLucky(3) {
      text += self.section(section)
    }
    if random.isLucky(2) { text += body() + lineEnd() }
    if random.isLucky(2) { text += response() }
    return text
  }

  private mutating func section(_ name: String) -> String {
    let old = ["Query": "QueryStringParams", "Form": "FormParams", "Multipart": "MultipartFormData"]
    let word = random.isLucky(3) ? old[name] ?? name : name
    var text = "[\(word)]" + lineEnd()
    switch name {
    case "Options": text += some(4) { $0.option() }
    case "BasicAuth": text += field()
    case "Multipart": text += some(4) { $0.random.isLucky(2) ? $0.field() : $0.part() }
    default: text += some(4) { $0.field() }
    }
    return text
  }

  private mutating func field() -> String {
    let name = random.pick(["X-A", "{{k}}", "a.b[0]", "k\\:x", "n\\u{e9}", "é"])
    let values = [
      "", "1", "a b", "a\tb  c", "{{v}}", "x{{ v }}y", "a#b", "a \\# b", "q\\n\\u{1F600}", "{", "{{v}} {{w}}",
    ]
    return name + blank() + ":" + blank() + random.pick(values) + lineEnd()
  }

  private mutating func part() -> String {
    "p" + blank() + ":" + blank() + file(in: "") + (random.isLucky(2) ? gap() + "text/plain; charset=utf-8" : "")
      + lineEnd()
  }

  private mutating func file(in folder: String) -> String {
    "file," + blank() + folder + random.pick(["a.txt", "a b.txt", "a\\;b", "{{n}}.bin"]) + blank() + ";"
  }

  private mutating func option() -> String {
    random.pick([
      "retry: 3", "retry: {{n}}", "delay: 20", "delay: 2s", "max-time: 5", "location: true", "variable: a=1",
      "variable: b = \"x # y\"", "header: A: b", "user: a:b", "insecure: false", "http2: true", "output: o.txt",
      "resolve: h:80:127.0.0.1",
    ]).split(separator: ":", maxSplits: 1).joined(separator: blank() + ":" + gap()) + lineEnd()
  }

  private mutating func body() -> String {
    random.pick([
      "{ \"a\" : [1,{{ n }},  \"x{{s}}\\n\"],\n\n  \"b\": {}\n}", "[ ]", "\"text\"", "-1.5e3", "true", "{{doc}}",
      "```\n  text {{ v }}  \n# no comment\n\n```", "```json  \n{}\n```", "```escape\n\\u{e9}\n```",
      "```raw,novariable\n{{ no }}\n```", "```graphql\nquery { a }\nvariables { \"x\": {{ n }} }\n```",
      "```hex\n00 ff\n```", "`one  {{ v }} \\` line`", "base64, aGk= ;", "hex,00ff;", "<a x='>'> <!-- > --> <b/>\n</a>",
    ])
  }

  private mutating func response() -> String {
    var text = "HTTP\(random.pick(["", "/1.1", "/2"]))" + gap() + random.pick(["200", "*", "404"]) + lineEnd()
    text += some(2) { $0.field() }
    if random.isLucky(2) { text += "[Captures]" + lineEnd() + some(3) { $0.capture() } }
    if random.isLucky(2) { text += "[Asserts]" + lineEnd() + some(6) { $0.assert() } }
    if random.isLucky(3) { text += body() + lineEnd() }
    return text
  }

  private mutating func capture() -> String {
    "c" + blank() + ":" + blank() + query() + filters() + (random.isLucky(3) ? gap() + "redact" : "") + lineEnd()
  }

  private mutating func assert() -> String {
    let not = random.isLucky(4) ? "not" + gap() : ""
    return query() + filters() + gap() + not + predicate() + lineEnd()
  }

  private mutating func query() -> String {
    let (word, argument) = random.pick([
      ("status", nil), ("body", nil), ("sha256", nil), ("header", "\"A  b\""), ("cookie", "\"n[Max-Age]\""),
      ("cookie", "`{{ n }}`"), ("jsonpath", "\"$.a[?@.b == 'c']\""), ("xpath", "\"//a\""), ("regex", "/(a\\/b)/"),
      ("regex", "\"(\\\\d+)\""), ("variable", "\"v\""), ("certificate", "\"Subject\""),
    ])
    return word + (argument.map { gap() + $0 } ?? "")
  }

  private mutating func filters() -> String {
    some(3) { generator in
      let words = generator.random.pick([
        ["count"], ["nth", "-1"], ["nth", "{{ i }}"], ["replace", "\"a\"", "\"\\u{e9}\""],
        ["replaceRegex", "/a/", "`b`"],
        ["format", "\"%Y\""], ["toDate", "\"%+\""], ["split", "\",\""], ["decode", "\"gb2312\""], ["urlEncode"],
      ])
      return words.map { generator.gap() + $0 }.joined()
    }
  }

  private mutating func predicate() -> String {
    let words = random.pick([
      ["==", "1"], ["!=", "null"], [">=", "1.50e3"], ["==", "\"a {{ b }} # c\""], ["==", "{{ v }}"],
      ["==", "hex, ff;"],
      ["contains", "`x`"], ["includes", "\"y\""], ["matches", "/^a b$/"], ["exists"], ["isEmpty"], ["isCollection"],
      ["startsWith", "base64,aGk=;"], ["==", "```\n  a  \n```"], ["isIsoDate"], ["==", "file, a.txt ;"],
    ])
    return words[0] + words.dropFirst().map { gap() + $0 }.joined()
  }
}
