/// Text that has passed the redactor, which alone can make one.
package struct RedactedText: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  init(_ text: String) { self.text = text }

  package var description: String { text }
}
