import Glibc
package import LiveChecks

/// The charsets of the system, by iconv(3).
package enum Iconv {
  /// The text of bytes in a charset of the WHATWG Encoding Standard.
  package static func decode(_ bytes: [UInt8], charset: String) -> Result<String, CharsetError> {
    guard let descriptor = iconv_open("UTF-8", names[charset] ?? charset), Int(bitPattern: descriptor) != -1 else {
      return .failure(.unknown)
    }
    defer { iconv_close(descriptor) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 64 * 1024)
    var text: [UInt8] = []
    let isDone = input.withUnsafeMutableBytes { source in
      var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = source.count
      while true {
        // Without a source it writes what it holds back.
        let isLast = left == 0
        let (result, error) = output.withUnsafeMutableBytes { target -> (Int, Int32) in
          var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = target.count
          let result = isLast ? iconv(descriptor, nil, nil, &to, &room) : iconv(descriptor, &from, &left, &to, &room)
          let error = errno
          text.append(contentsOf: target[..<(target.count - room)])
          return (result, error)
        }
        if result == -1, error != E2BIG { return false }
        if isLast, result != -1 { return true }
      }
    }
    guard isDone, let decoded = String(validating: text, as: UTF8.self) else { return .failure(.malformed) }
    return .success(decoded)
  }

  /// Where the GNU C library has another name for what the standard means.
  private static let names = [
    "big5": "BIG5-HKSCS", "euc-jp": "EUC-JP-MS", "euc-kr": "UHC", "gbk": "GB18030", "shift_jis": "CP932",
    "iso-8859-8-i": "ISO-8859-8", "macintosh": "MACINTOSH", "x-mac-cyrillic": "MAC-CYRILLIC", "windows-874": "CP874",
  ]
}
