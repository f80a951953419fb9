/// UTF-16 in both byte orders.
enum UTF16Forms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    guard let text = String(validating: value, as: UTF8.self) else { return [] }
    return [
      text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] },
      text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] },
    ]
  }
}
