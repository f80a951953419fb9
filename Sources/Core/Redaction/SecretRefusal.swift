/// Why a value cannot serve as a secret; the value itself is never part of it.
package enum SecretRefusal: Error, Hashable, Sendable {
  case empty(name: String)
  case blank(name: String)
  case tooShort(name: String, minimum: Int)
}
