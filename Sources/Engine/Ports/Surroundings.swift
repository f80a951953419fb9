package import DeliveryLoop

/// Time and chance, handed in so that the engine has none of its own.
package protocol Surroundings: Sendable {
  func now() -> Timestamp
  /// Bytes that nobody can foretell.
  func entropy(_ count: Int) -> [UInt8]
  /// Waits for this long on a clock that goes on during suspension; throws `CancellationError` when cancelled.
  func wait(_ duration: Duration) async throws
}
