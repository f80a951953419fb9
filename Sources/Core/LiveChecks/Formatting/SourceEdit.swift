/// A change that brings a text nearer to its canonical form.
struct SourceEdit: Hashable, Sendable {
  /// In Unicode scalars.
  let range: Range<Int>
  let replacement: String
}
