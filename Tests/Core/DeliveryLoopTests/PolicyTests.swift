import DeliveryLoop
import JSONText
import Testing

@Suite struct `The policy` {
  @Test(arguments: Failure.Kind.allCases)
  func `keeps apart what is wrong, what is not known and what is broken`(kind: Failure.Kind) throws {
    let failure = Failure(step: .test, kind: kind, message: "")
    let run = Samples.fresh()
    let withAgent = Policy(agentAttempts: 1).consequence(of: failure, in: run)
    let withPerson = Policy(agentAttempts: nil).consequence(of: failure, in: run)
    switch kind {
    case .red:
      #expect(withAgent == .implementAgain)
      #expect(withPerson == .wait(.implementation))
    case .inconclusive:
      #expect(withAgent == .wait(.inconclusive))
      #expect(withPerson == .wait(.inconclusive))
    case .changedUnderneath: #expect(withAgent == .formatAgain)
    case .secret, .scope, .unchecked, .policy:
      #expect(withAgent == .implementAgain)
      #expect(withPerson == .stop)
    case .moved:
      #expect(withAgent == .rebase)
      #expect(withPerson == .rebase)
    case .conflict, .refused, .broken, .denied, .budget:
      #expect(withAgent == .stop)
      #expect(withPerson == .stop)
    }
  }

  @Test func `brings a change on top of others' commits a few times, and lets a person solve a conflict`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(17) { try run.apply(event) }
    let moved = Failure(step: .push, kind: .moved, message: "")
    let policy = Policy(agentAttempts: 1)
    for _ in 0..<Policy.rebases {
      #expect(policy.consequence(of: moved, in: run) == .rebase)
      for event in Samples.rebase { try run.apply(event) }
      for event in Samples.again { try run.apply(event) }
    }
    #expect(policy.consequence(of: moved, in: run) == .stop)
    let conflict = Failure(step: .rebase, kind: .conflict, message: "")
    #expect(policy.consequence(of: conflict, in: run) == .wait(.conflict))
  }

  @Test func `counts the attempts of one run, and leaves those of others to the budget`() throws {
    let red = Failure(step: .test, kind: .red, message: "")
    var run = Samples.fresh(earlier: 3)
    try run.apply(.intended(.claim))
    try run.apply(.observed(.claimed(status: "")))
    try run.apply(.intended(.implement(attempt: 1)))
    #expect(Policy(agentAttempts: 2).consequence(of: red, in: run) == .implementAgain)
    #expect(Policy(agentAttempts: 1).consequence(of: red, in: run) == .stop)
  }
}

@Suite struct `Stored events` {
  @Test(arguments: Samples.everyEvent)
  func `come back as they were`(event: Event) throws {
    #expect(try Event(kind: event.kind, stored: event.stored) == event)
  }

  /// The format of ledgers that exist: these lines may be added to, and never change.
  @Test func `keep the form in which ledgers hold them`() {
    let lines = Samples.everyEvent.prefix(23).map { "\($0.kind) \($0.stored.compact)" }
    let d = String(repeating: "d", count: 64)
    func id(_ digit: String) -> String { String(repeating: digit, count: 40) }
    #expect(
      lines.first
        == #"opened {"task":"br-1","title":"Say \"hello\"","workspace":"/w","branch":"main","remote":"origin","remote_branch":"main","base":"\#(id("b"))","policy":"\#(d)","owner":"Ada","adopts":false,"service":true,"earlier_attempts":0}"#
    )
    #expect(
      Array(lines.dropFirst(2)) == [
        "intended.claim {}", #"observed.claimed {"status":"in_progress"}"#, #"intended.implement {"attempt":1}"#,
        #"observed.implemented {"tree":"\#(id("1"))","by":"agent"}"#, "intended.format {}",
        #"observed.formatted {"tree":"\#(id("1"))"}"#, "intended.test {}", #"observed.tested {"tree":"\#(id("1"))"}"#,
        "intended.start {}",
        #"observed.launched {"pid":4711,"start_ticks":"18446744073709551615","boot":"boot","port":8080}"#,
        "observed.started {}", "intended.validate {}",
        #"observed.validated {"tree":"\#(id("1"))","files":[{"path":"validations/a.hurl","exchanges":2,"asserts":3,"captures":[{"name":"word","value":"hello"}]}]}"#,
        "intended.stop {}", "observed.stopped {}",
        #"intended.commit {"commit":"\#(id("c"))","tree":"\#(id("3"))","parent":"\#(id("b"))","content":"tree \#(id("3"))\nparent \#(id("b"))\n\nSay \"hello\"\n"}"#,
        #"observed.committed {"commit":"\#(id("c"))"}"#, #"intended.push {"old":"\#(id("b"))","new":"\#(id("c"))"}"#,
        #"observed.pushed {"observed":"\#(id("c"))"}"#, "intended.close {}", #"observed.closed {"status":"closed"}"#,
      ])
  }

  @Test func `of what was found at rest keep theirs`() {
    let zero = Digest.zero.text
    #expect(
      "\(Event.masked(Samples.masking).kind) \(Event.masked(Samples.masking).stored.compact)"
        == #"masked {"event":7,"reason":"it held a secret that became known later","secrets":["response.token"],"old":"\#(zero)","new":"\#(zero)"}"#
    )
    #expect(
      "\(Event.swept(Samples.sweep).kind) \(Event.swept(Samples.sweep).stored.compact)"
        == #"swept {"secrets":2,"places":3,"bytes":4000000000,"left_out":1,"removed":5,"findings":[{"secret":"API_TOKEN","place":".git/objects/ab/cd"}]}"#
    )
  }

  @Test func `of an anchor keep theirs`() {
    let zero = Digest.zero.text
    let lines = [
      Event.opened(Samples.anchoredOpening), .intended(.anchor("a\nnote\n")), .observed(.anchored(Samples.onto)),
      .swept(Samples.vouching), .dropped(Dropping(captures: [3, 4], bytes: 7, policy: "keep 90d")),
    ].map { "\($0.kind) \($0.stored.compact)" }
    #expect(lines[0].hasSuffix(#""earlier_attempts":0,"anchor":true}"#))
    #expect(
      lines.dropFirst() == [
        #"intended.anchor {"note":"a\nnote\n"}"#,
        #"observed.anchored {"notes":"\#(String(repeating: "a", count: 40))"}"#,
        #"swept {"secrets":0,"places":0,"bytes":0,"left_out":0,"removed":0,"findings":[],"captures":[{"number":1099511627776,"step":"test","attempt":1,"kind":"log","name":"make","began":9000000000,"digest":"\#(zero)"}]}"#,
        #"dropped {"captures":[3,4],"bytes":7,"policy":"keep 90d"}"#,
      ])
  }

  @Test(arguments: [
    ("observed.teleported", "{}"), ("intended.dance", "{}"), ("whatever", "{}"), ("observed.tested", "{}"),
    ("observed.tested", #"{"tree":"short"}"#), ("opened", #"{"task":"../x"}"#),
    ("failed.test", #"{"kind":"odd","message":"","tail":[]}"#),
  ])
  func `of another version or a damaged ledger are told apart and crash nothing`(kind: String, text: String) throws {
    #expect(throws: UnreadableEvent.self) { try Event(kind: kind, stored: text == "{}" ? [:] : .string(text)) }
  }
}
