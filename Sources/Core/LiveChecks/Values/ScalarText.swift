extension String {
  /// The text that scalars make up.
  init(scalars: ArraySlice<Unicode.Scalar>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count)
    for scalar in scalars { bytes.append(scalar) }
    self = String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends a scalar in UTF-8.
  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII { append(UInt8(scalar.value)) } else { append(contentsOf: scalar.utf8) }
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// Whether it begins with the scalars of a text.
  func begins(with text: String) -> Bool {
    var index = startIndex
    for scalar in text.unicodeScalars {
      guard index < endIndex, self[index] == scalar else { return false }
      index += 1
    }
    return true
  }
}
