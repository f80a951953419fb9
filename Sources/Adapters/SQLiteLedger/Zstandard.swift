import CZstd
import Engine

/// Packs pieces of evidence (zstd.h, simple API).
enum Zstandard {
  /// Fast enough to keep up with any child.
  private static let level: Int32 = 1

  static func pack(_ bytes: [UInt8]) throws(LedgerError) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&packed, packed.count, bytes, bytes.count, level)
    guard ZSTD_isError(count) == 0 else { throw .failed(doing: "compress evidence", message: name(count)) }
    return Array(packed[..<count])
  }

  static func unpack(_ packed: [UInt8], size: Int) throws(LedgerError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    let count = ZSTD_decompress(&bytes, size, packed, packed.count)
    guard ZSTD_isError(count) == 0, count == size else {
      throw .failed(doing: "read evidence", message: ZSTD_isError(count) == 0 ? "a piece is cut short" : name(count))
    }
    return bytes
  }

  private static func name(_ code: Int) -> String { String(cString: ZSTD_getErrorName(code)) }
}
