/// What a schedule puts the program through, apart from the kills.
package enum Scenario: String, CaseIterable, Sendable {
  /// Everything passes at the first attempt.
  case plain
  /// The first implementation fails its validation.
  case red
  /// The validation changes something, twice.
  case changing
  /// Somebody else pushes while the tests run.
  case moved
  /// The run is asked to stop after the tests, and goes on later.
  case paused
  /// A person is waited for, and the run is given up with the work half done.
  case abandoned
  /// The remote refuses the commit, and the run is given up.
  case refused
  /// A signed checkpoint of the history goes to the remote at the end.
  case anchored

  /// The command lines in their order; each is repeated until it has come to its end.
  var commands: [[String]] {
    switch self {
    case .plain, .red, .changing, .moved, .anchored: [["run", "hello"]]
    case .paused: [["run", "hello", "--until", "test"], ["run", "hello"]]
    case .abandoned, .refused: [["run", "hello"], ["abandon"]]
    }
  }

  /// The status with which each command ends when nothing disturbs it.
  var statuses: [Int32] {
    switch self {
    case .plain, .red, .changing, .moved, .anchored: [0]
    case .paused: [3, 0]
    case .abandoned: [3, 0]
    case .refused: [5, 0]
    }
  }

  var isDelivered: Bool {
    switch self {
    case .plain, .red, .changing, .moved, .paused, .anchored: true
    case .abandoned, .refused: false
    }
  }

  /// The coding agent's text for a shell; nil where a person implements.
  var agent: String? {
    switch self {
    case .plain, .changing, .moved, .paused, .refused, .anchored: "echo hello > hello.txt"
    case .red: "if grep -q Feedback \"$WAYBILL_BRIEF\"; then echo hello > hello.txt; else echo wrong > hello.txt; fi"
    case .abandoned: nil
    }
  }

  var validation: String {
    let looks = "GET {{base_url}}/hello.txt\nHTTP 200\n[Asserts]\nbody contains \"hello\"\n"
    return self == .changing ? looks + "\nPOST {{base_url}}/a\nHTTP 200\n\nPOST {{base_url}}/b\nHTTP 200\n" : looks
  }

  var test: String {
    switch self {
    case .plain, .red, .changing, .paused, .abandoned, .refused, .anchored: "test -f hello.txt"
    case .moved: "test -f hello.txt && sh ../overtake once"
    }
  }
}

/// What happens to the world between two commands.
package enum Disturbance: String, CaseIterable, Sendable {
  case nothing
  /// Somebody else pushes a commit.
  case foreignPush
  /// The next push is lost before the remote has it.
  case dropBefore
  /// The next push is applied, and its answer is lost.
  case dropAfter
  /// Another git packs references and objects.
  case packed
  /// All files look younger than they are recorded.
  case touched
}
