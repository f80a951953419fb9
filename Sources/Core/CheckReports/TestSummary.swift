import LiveChecks

/// The last lines of a test run.
package enum TestSummary {
  /// `duration` is what the whole run took, whose files may have run side by side.
  package static func text(_ files: [CheckedFile], duration: Duration) -> String {
    let requests = files.reduce(0) { $0 + ($1.report?.entries.flatMap(\.attempts).count ?? 0) }
    let succeeded = files.count(where: \.succeeded)
    let rate = duration > .zero ? Double(requests) / (duration / .seconds(1)) : 0
    func share(_ count: Int) -> String {
      let tenths = files.isEmpty ? 0 : (1000 * count + files.count / 2) / files.count
      return "\(count) (\(tenths / 10).\(tenths % 10)%)"
    }
    return """
      --------------------------------------------------------------------------------
      Executed files:    \(files.count)
      Executed requests: \(requests) (\(Int((rate * 10).rounded()) / 10).\(Int((rate * 10).rounded()) % 10)/s)
      Succeeded files:   \(share(succeeded))
      Failed files:      \(share(files.count - succeeded))
      Duration:          \(duration.milliseconds) ms

      """
  }
}
