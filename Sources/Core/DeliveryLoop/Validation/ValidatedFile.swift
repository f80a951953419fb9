/// What one validation file came to.
package struct ValidatedFile: Hashable, Sendable {
  /// Relative to the root.
  package let path: String
  package let exchanges: Int
  package let asserts: Int
  /// Names and values of the captures, as they were recorded.
  package let captures: [Capture]

  package init(path: String, exchanges: Int, asserts: Int, captures: [Capture]) {
    self.path = path
    self.exchanges = exchanges
    self.asserts = asserts
    self.captures = captures
  }

  /// A value that a validation took out of a response.
  package struct Capture: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}
