/// XML's and HTML's references for the five characters that mean something there, by name and by number.
enum EntityForms {
  private static let spellings: [[Unicode.Scalar: String]] = [
    ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"],
    ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&apos;"],
    ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#x27;"],
    ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&#34;", "'": "&#39;"],
    ["&": "&amp;", "<": "&lt;", ">": "&gt;"],
    ["&": "&#38;", "<": "&#60;", ">": "&#62;", "\"": "&#34;", "'": "&#39;"],
    ["&": "&#x26;", "<": "&#x3c;", ">": "&#x3e;", "\"": "&#x22;", "'": "&#x27;"],
    ["&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;", "\"": "&#x22;", "'": "&#x27;"],
  ]

  static func all(of value: [UInt8]) -> [[UInt8]] {
    spellings.map { spelling in
      value.flatMap { byte in spelling[Unicode.Scalar(byte)].map { Array($0.utf8) } ?? [byte] }
    }
  }
}
