/// What differs between two records of the same validation, call by call.
///
/// Calls keep the order of the file; one that is missing or was not there before is a difference. Headers are compared without
/// those that differ each time by their nature, bodies that are JSON by path, others as a whole; times only beyond a factor of
/// two. What also differs between two records of the same code is noise.
package struct RecordComparison: Sendable {
  /// What is not compared.
  package struct Ignored: Hashable, Sendable {
    /// Names of headers, in any case.
    package var headers: Set<String>
    /// JSONPaths (RFC 9535) into bodies: what they select is not compared, nor what it holds.
    package var paths: [String]

    /// Paths that are none are left out; `fault(in:)` finds them.
    package init(headers: Set<String> = [], paths: [String] = []) {
      self.headers = Set(headers.map { $0.lowercased() })
      self.paths = paths
    }

    /// Why a text is no JSONPath.
    package static func fault(in path: String) -> String? {
      do throws(JSONPathError) {
        _ = try JSONPath(path)
        return nil
      } catch {
        return "\(error.reason) at character \(error.column)"
      }
    }
  }

  package struct Difference: Hashable, Sendable {
    /// Such as `status`, `header ETag`, `$.items[3].price`, `body`, `time`.
    package let place: String
    /// As they are shown; nil where there is nothing.
    package let before: String?
    package let after: String?
    /// It also differs between two records of the same code.
    package internal(set) var isNoise = false

    package var wording: String {
      switch (before, after) {
      case (let before?, let after?): "\(place) \(before) -> \(after)"
      case (nil, let after?): "\(place) is new: \(after)"
      case (let before?, nil): "\(place) is gone: \(before)"
      case (nil, nil): place
      }
    }
  }

  /// One call of the validation.
  package struct Call: Sendable {
    /// From 1, in the order of sending.
    package let number: Int
    package let request: String
    package internal(set) var differences: [Difference]
  }

  /// Those that differ.
  package private(set) var calls: [Call] = []

  /// - Parameter again: another record of the same code as `after`, from which noise is learnt.
  package init(
    _ before: RecordedValidation, _ after: RecordedValidation, again: RecordedValidation? = nil,
    ignoring ignored: Ignored = Ignored()
  ) {
    let compare = ExchangeComparison(ignoring: ignored)
    calls = Self.calls(before, after, compare)
    guard let again else { return }
    let noise = Self.calls(after, again, compare)
    for index in calls.indices {
      guard let noisy = noise.first(where: { $0.number == calls[index].number }) else { continue }
      let places = Set(noisy.differences.map(\.place))
      for place in calls[index].differences.indices {
        calls[index].differences[place].isNoise = places.contains(calls[index].differences[place].place)
      }
    }
  }

  /// Whether anything differs that is no noise.
  package var isSame: Bool { calls.allSatisfy { $0.differences.allSatisfy(\.isNoise) } }

  private static func calls(
    _ before: RecordedValidation, _ after: RecordedValidation, _ compare: ExchangeComparison
  ) -> [Call] {
    let (old, new) = (before.exchanges, after.exchanges)
    return (0..<max(old.count, new.count)).compactMap { index in
      let shown = index < new.count ? new[index] : old[index]
      let differences: [Difference] =
        if index >= old.count {
          [Difference(place: "call", before: nil, after: new[index].line)]
        } else if index >= new.count { [Difference(place: "call", before: old[index].line, after: nil)] } else {
          compare.differences(old[index], new[index])
        }
      return differences.isEmpty ? nil : Call(number: index + 1, request: shown.line, differences: differences)
    }
  }
}

extension RecordedExchange {
  fileprivate var line: String { "\(method) \(url)" }
}
