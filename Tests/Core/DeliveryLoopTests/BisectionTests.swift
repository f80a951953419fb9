import DeliveryLoop
import Testing

@Suite struct `A bisection` {
  private static func id(_ number: Int) -> ObjectID {
    let digits = String(number, radix: 16)
    guard let id = ObjectID(String(repeating: "0", count: 40 - digits.count) + digits) else {
      preconditionFailure("forty digits are an id")
    }
    return id
  }

  private static func line(_ count: Int) -> [Bisection.Commit] {
    (1...count).map { Bisection.Commit(id: id($0), parents: [id($0 - 1)]) }
  }

  /// Asks until there is an answer; a commit is new where it has the first new one among its ancestors.
  private static func play(
    _ commits: [Bisection.Commit], first: ObjectID, unknown: Set<ObjectID> = []
  ) -> (result: Bisection.Result?, questions: Int) {
    var new: Set<ObjectID> = [first]
    for commit in commits where commit.parents.contains(where: new.contains) { new.insert(commit.id) }
    var bisection = Bisection(commits)
    var questions = 0
    while bisection.result == nil, let next = bisection.next {
      questions += 1
      bisection.record(unknown.contains(next) ? .unknown : new.contains(next) ? .new : .old, of: next)
    }
    return (bisection.result, questions)
  }

  @Test func `finds every commit of a line in as many questions as halving takes`() {
    for count in 1...70 {
      for first in 1...count {
        let (result, questions) = Self.play(Self.line(count), first: Self.id(first))
        #expect(result == .first(Self.id(first)))
        #expect(1 << questions <= 2 * count, "\(questions) questions for \(count) commits")
      }
    }
  }

  @Test func `finds every commit of a history with branches`() throws {
    var state: UInt64 = 7
    func random(_ range: Range<Int>) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int(state >> 33) % range.count
    }
    for _ in 1...60 {
      let count = random(2..<41)
      var commits: [Bisection.Commit] = []
      for number in 1...count {
        let parents = number == 1 ? [0] : [number - 1, random(max(1, number - 6)..<number)]
        commits.append(Bisection.Commit(id: Self.id(number), parents: Set(parents).map(Self.id)))
      }
      for first in 1...count {
        #expect(Self.play(commits, first: Self.id(first)).result == .first(Self.id(first)))
      }
    }
  }

  @Test func `names all that it may be where some cannot be asked`() {
    let commits = Self.line(9)
    let unknown = Set((4...6).map(Self.id))
    #expect(Self.play(commits, first: Self.id(5), unknown: unknown).result == .among((4...7).map(Self.id)))
    #expect(Self.play(commits, first: Self.id(8), unknown: unknown).result == .first(Self.id(8)))
    #expect(Self.play(commits, first: Self.id(2), unknown: unknown).result == .first(Self.id(2)))
    #expect(
      Self.play(commits, first: Self.id(4), unknown: Set(commits.map(\.id))).result == .among((1...9).map(Self.id)))
  }

  @Test func `has nothing to ask of one commit or none`() {
    #expect(Bisection([]).next == nil && Bisection([]).result == .among([]))
    #expect(Bisection(Self.line(1)).result == .first(Self.id(1)))
  }
}
