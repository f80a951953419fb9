import DeliveryLoop
import Testing
import YAMLConfiguration

@Suite struct `Configuration reader` {
  @Test func `reads every key of a full file`() throws {
    let configuration = try read(full)
    #expect(
      configuration
        == Configuration(
          backlog: .tasks, environment: ["GOCACHE": ".tmp/gocache", "PORT": "8080", "EMPTY": ""],
          secrets: [
            SecretDeclaration(name: "API_TOKEN", source: .environment, steps: [.start, .validate, .implement]),
            SecretDeclaration(
              name: "PVE_SECRET", source: .command(.program(["pass", "show", "pve/token"])), steps: [.start]),
            SecretDeclaration(name: "KEY", source: .file(".tmp/key"), steps: [.start, .validate]),
            SecretDeclaration(name: "SHORT", source: .environment, steps: [.start, .validate]),
          ],
          implement: .agent(
            Agent(.program(["my-agent", "--brief", "{{brief}}"]), attempts: 5, timeout: .seconds(90))),
          format: [.shell("gofmt -w ./cmd ./internal")],
          test: [.shell("go test ./..."), .program(["go", "vet", "./..."])],
          service: Configuration.Service(
            build: .shell("go build -o .tmp/agent ./cmd/proxmox-agent"),
            run: .shell(".tmp/agent --config ./config.example.json"),
            ready: Configuration.Readiness(
              url: "http://127.0.0.1:8080/healthz", within: .milliseconds(500), port: 8080)),
          validate: ["validations/smoke.hurl", "validations/{{task.id}}*.hurl"],
          scope: Configuration.Scope(paths: ["cmd/**", "internal/**"], maxFiles: 20, maxLines: 800),
          refusesUnscanned: false, commitMessage: "{{task.title}} ({{ task.id }})",
          push: Configuration.Push(remote: "upstream", branch: "release/1.x"),
          closeReason: "Delivered by {{run.id}}"))
  }

  @Test func `fills in the defaults`() throws {
    #expect(try read("validate: a.hurl") == Configuration(validate: ["a.hurl"]))
    #expect(
      try read("validate: { files: [checks/, a.hurl], quorum: 2 of 3 }")
        == Configuration(validate: ["checks/", "a.hurl"], quorum: try #require(Quorum("2 of 3"))))
    #expect(try read("validate: { files: a.hurl }") == Configuration(validate: ["a.hurl"]))
    let agent = try read("validate: [a.hurl]\nimplement: { command: agent }")
    #expect(
      agent.implement == .agent(Agent(.shell("agent"), attempts: 3, timeout: .seconds(2700), idle: .seconds(600))))
  }

  @Test func `follows anchors and aliases`() throws {
    let configuration = try read("format: [&fmt gofmt -l .]\ntest: [*fmt, [sh, -c, *fmt]]\nvalidate: [a.hurl]\r\n")
    #expect(configuration.test == [.shell("gofmt -l ."), .program(["sh", "-c", "gofmt -l ."])])
  }

  @Test func `reports everything at once, in the order of the file`() {
    expect(
      """
      backlog: { kind: jira }
      frmat: [gofmt]
      service:
        run: ""
        ready: { url: "http://127.0.0.1/healthz", within: 20 }
      """,
      """
      waybill.yaml:1:1: the key "validate" is missing in the configuration; name at least one validation, such as validations/smoke.hurl
      waybill.yaml:1:18: "jira" is nothing that "backlog.kind" knows; write one of beads, tasks
      waybill.yaml:2:1: there is no key "frmat" in the configuration; the keys are backlog, workspace, environment, secrets, environments, risk, approvals, waivers, replay, implement, scope, gate, format, test, service, validate, commit, push, close, anchor, retention; did you mean "format"?
      waybill.yaml:4:8: "service.run" is empty; write the command or remove it
      waybill.yaml:5:17: "service.ready.url" is "http://127.0.0.1/healthz": the port is missing; write it out, such as http://127.0.0.1:8080/healthz
      waybill.yaml:5:53: "service.ready.within" is "20"; write a number from 1 and a unit (ms, s, m, h or d), such as 500ms, 20s, 45m, 2h or 90d
      """)
  }

  @Test(
    arguments: [
      ("http://127.0.0.1:32767/", nil), ("https://localhost:1", nil), ("http://[::1]:8080/healthz", nil),
      ("http://127.1.2.3:80?x=1", nil), ("HTTP://127.0.0.1:8080", nil),
      ("http://127.0.0.1:32768/", .ephemeralPort), ("http://127.0.0.1:65536/", .badPort),
      ("http://127.0.0.1:0/", .badPort), ("http://127.0.0.1:+80/", .badPort), ("http://127.0.0.1:", .noPort),
      ("http://[::1]", .noPort), ("http://example.com:80/", .notLoopback),
      ("http://127.0.0.1.evil.com:80", .notLoopback),
      ("http://0.0.0.0:80", .notLoopback), ("http://127.0.0.1@evil.com:80", .userInfo), ("ftp://127.0.0.1:21", .scheme),
      ("http://127.0.0.1:80/a b", .badCharacter),
    ] as [(String, ReadyURL.Fault?)])
  func `takes a readiness URL only on loopback with a port below the ephemeral ones`(
    url: String, fault: ReadyURL.Fault?
  ) throws {
    let problems = problems(in: "validate: a.hurl\nservice: { run: x, ready: { url: \"\(url)\" } }")
    #expect(problems.map(\.mistake) == (fault.map { [.badReadyURL($0, url: url)] } ?? []))
  }

  @Test(arguments: [
    ("1ms", Duration.milliseconds(1)), ("20s", .seconds(20)), ("45m", .seconds(2700)), ("2h", .seconds(7200)),
    ("999999999h", .seconds(3_599_999_996_400)), ("0s", nil), ("20", nil), ("s", nil), ("1.5h", nil), ("-1s", nil),
    ("1h30m", nil), ("20 s", nil), ("9999999999s", nil), ("٣s", nil),
  ])
  func `reads durations with one unit`(text: String, duration: Duration?) {
    let text = "validate: a.hurl\nimplement: { command: x, timeout: \(text) }"
    let implement = try? read(text).implement
    #expect(implement == duration.map { .agent(Agent(.shell("x"), timeout: $0)) })
  }

  @Test(arguments: [
    "budgets: {}": Mistake.notSupportedYet("budgets", advice: "write it as \"implement.budget\""),
    "backlog: { kind: github }": .notSupportedYet("backlog: { kind: github }", advice: "use beads or tasks"),
    "gate: { unscanned: perhaps }": .unknownChoice(key: "gate.unscanned", text: "perhaps", known: ["refuse", "allow"]),
    "gate: { scan: allow }": .unknownKey("scan", in: "\"gate\"", known: ["unscanned"]),
    "workspace: there": .unknownChoice(key: "workspace", text: "there", known: ["here", "worktree"]),
    "secrets: { 1A: env }": .badName("1A"),
    "secrets: { WAYBILL_RUN: env }": .reservedName("WAYBILL_RUN"),
    "secrets: { A: { from: env, for: [strat] } }": .unknownChoice(
      key: "secrets.A.for", text: "strat", known: Step.allCases.map(\.rawValue)),
    "secrets: { A: { from: { file: a, command: b } } }": .duplicateSource("secrets.A.from"),
    "secrets: { A: { from: vault } }": .unknownChoice(
      key: "secrets.A.from", text: "vault", known: ["env", "{ file: PATH }", "{ command: [PROGRAM, …] }"]),
    "environment: { A-B: c }": .badName("A-B"),
    "environment: { A: }": .wrongKind(key: "environment.A", expected: "a text", found: .nothing),
    "environment: [A]": .wrongKind(key: "environment", expected: "a mapping", found: .list),
    "format: { a: b }": .wrongKind(
      key: "format", expected: "a command (a text or a list of texts)", found: .mapping),
    "test: [[]]": .empty(key: "test", advice: "write the command or remove it"),
    "test: [\"a\\0b\"]": .holdsNUL(key: "test"),
    "test:": .wrongKind(key: "test", expected: "a command (a text or a list of texts)", found: .nothing),
    "implement: { command: [x, {{brief}}] }": .wrongKind(
      key: "implement.command", expected: "a text", found: .bareTemplate),
    "implement: { command: [x, \"{{breif}}\"] }": .unknownTemplateName(
      "breif", key: "implement.command", known: ["task.id", "run.id", "brief", "workspace", "report"]),
    "implement: { command: \"x '{{task.title}}'\" }": .unknownTemplateName(
      "task.title", key: "implement.command", known: ["task.id", "run.id", "brief", "workspace", "report"]),
    "implement: { command: x, attempts: 0 }": .notANumber(key: "implement.attempts", text: "0", range: 1...100),
    "implement: { command: x, idle: never }": .badDuration(key: "implement.idle", text: "never", orElse: "off"),
    "implement: { command: x, idle: 0s }": .badDuration(key: "implement.idle", text: "0s", orElse: "off"),
    "implement: { command: x, budget: 5 }": .wrongKind(key: "implement.budget", expected: "a mapping", found: .text),
    "implement: { command: x, budget: { tries: 5 } }": .unknownKey(
      "tries", in: "\"implement.budget\"", known: ["attempts", "time", "spend"]),
    "implement: { command: x, budget: { attempts: 0 } }": .notANumber(
      key: "implement.budget.attempts", text: "0", range: 1...10_000),
    "implement: { command: x, budget: { time: 4 } }": .badDuration(key: "implement.budget.time", text: "4"),
    "implement: { command: x, budget: { spend: 0.00 } }": .badSum(key: "implement.budget.spend", text: "0.00"),
    "implement: { command: x, budget: { spend: 20 dollars } }": .badSum(
      key: "implement.budget.spend", text: "20 dollars"),
    "implement: { command: x, budget: { spend: $20 } }": .badSum(key: "implement.budget.spend", text: "$20"),
    "implement: { attempts: 2 }": .missingKey(
      "command", in: "\"implement\"", advice: "name the coding agent, or remove \"implement\" to do it yourself"),
    "commit: { message: \"{{task.id}\" }": .openTemplate(key: "commit.message"),
    "push: { branch: --all }": .badRef(key: "push.branch", text: "--all"),
    "push: { remote: \"a:b\" }": .badRef(key: "push.remote", text: "a:b"),
    "scope: { max_files: -3 }": .notANumber(key: "scope.max_files", text: "-3", range: 1...1_000_000),
    "scope: { max_file: 3 }": .unknownKey(
      "max_file", in: "\"scope\"", known: ["paths", "forbidden", "binary", "generated", "max_files", "max_lines"]),
    "scope: { binary: no }": .unknownChoice(key: "scope.binary", text: "no", known: ["refuse", "allow"]),
    "scope: { forbidden: { a: b } }": .wrongKind(key: "scope.forbidden", expected: "a list of texts", found: .mapping),
    "service: { run: x }": .missingKey(
      "ready", in: "\"service\"", advice: "write { url: \"http://127.0.0.1:PORT/…\", within: 20s }"),
    "format: [a]\nformat: [b]": .duplicateKey("format"),
    "test: [[curl, -sk, \"https://h/\"]]": .uncheckedCertificates(
      key: "test", what: "curl -k", instead: "use --cacert ca.pem"),
    "service: { build: \"wget --no-check-certificate https://h/\", run: x, ready: { url: \"http://127.0.0.1:80/\" } }":
      .uncheckedCertificates(
        key: "service.build", what: "wget --no-check-certificate", instead: "use --ca-certificate=ca.pem"),
    "secrets: { A: { from: { command: \"git -c http.sslVerify=false x\" } } }": .uncheckedCertificates(
      key: "secrets.A.from.command", what: "git's http.sslVerify switched off", instead: "set http.sslCAInfo"),
    "environment: { GIT_SSL_NO_VERIFY: \"\" }": .uncheckedCertificates(
      key: "environment.GIT_SSL_NO_VERIFY", what: "GIT_SSL_NO_VERIFY", instead: "set GIT_SSL_CAINFO"),
  ])
  func `says what is wrong`(text: String, mistake: Mistake) {
    #expect(problems(in: text + "\nvalidate: [a.hurl]").map(\.mistake) == [mistake])
  }

  @Test func `knows how far an agent may go`() throws {
    let text = "validate: a\nimplement: { command: x, idle: 5m, budget: { attempts: 10, time: 4h, spend: 20.00 EUR } }"
    let budget = Budget(attempts: 10, time: .seconds(14_400), spend: Money("20", currency: "EUR"))
    #expect(try read(text).implement == .agent(Agent(.shell("x"), idle: .seconds(300), budget: budget)))
    let silent = "validate: a\nimplement: { command: x, idle: off, budget: { spend: 7.5 } }"
    #expect(try read(silent).implement == .agent(Agent(.shell("x"), idle: nil, budget: Budget(spend: Money("7.50")))))
  }

  @Test(arguments: [
    "validate: { files: [a.hurl], quorum: most }": Mistake.notAQuorum("most"),
    "validate: { files: [a.hurl], quorum: 3 of 2 }": .notAQuorum("3 of 2"),
    "validate: { quorum: 2 of 3 }": .missingKey(
      "files", in: "\"validate\"", advice: "name at least one validation, such as validations/smoke.hurl"),
    "validate: { files: [], quorum: 2 of 3 }": .empty(
      key: "validate.files", advice: "name at least one validation, such as validations/smoke.hurl"),
    "validate: { files: [../a.hurl] }": .outsideRepository(key: "validate.files", path: "../a.hurl"),
  ])
  func `says what is wrong with validations`(text: String, mistake: Mistake) {
    #expect(problems(in: text).map(\.mistake) == [mistake])
  }

  @Test func `suggests the nearest word`() {
    #expect(problems(in: "validate: a\nscope: { max_file: 3 }").first?.suggestion == "max_files")
    #expect(problems(in: "validate: \"{{taskid}}.hurl\"").first?.suggestion == "task.id")
    #expect(problems(in: "validate: a\nelephant: 1").first?.suggestion == nil)
  }

  @Test(arguments: ["validate: [/etc/a.hurl]", "validate: ../a.hurl", "validate: [a/../../b.hurl]"])
  func `keeps validations inside the repository`(text: String) throws {
    let mistake = try #require(problems(in: text).first?.mistake)
    guard case .outsideRepository = mistake else { return #expect(Bool(false), "\(mistake)") }
  }

  @Test(arguments: [
    ("validate: [a\n", 2, 1), ("validate:\n\t- a\n", 2, 1), ("a: b: c\n", 1, 5), ("validate: *x", 1, 11),
    ("a: 1\n---\nb: 2\n", 2, 1), ("é: \u{1}", 1, 4), ("- a", 1, 1), ("", 1, 1), ("validate: []", 1, 11),
    ("x: 1\nvalidate: [ü, {]", 2, 16),
  ])
  func `points at the place of a mistake`(text: String, line: Int, column: Int) {
    let problem = problems(in: text).first
    #expect(problem?.line == line)
    #expect(problem?.column == column)
  }

  @Test func `names a tab for what it is`() {
    #expect(problems(in: "validate:\n\t- a\n").first?.message.contains("tab") == true)
  }

  @Test func `points at the first byte that is not UTF-8`() {
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationReader.read(Array("a: é\nvalidate: ü".utf8) + [0xc3, 0x28], path: "w")
    }
    #expect(error?.problems == [.init(line: 2, column: 12, .notText(offset: 18))])
  }

  @Test func `survives deep nesting and a file that is none`() {
    let deep = String(repeating: "[", count: 50_000)
    #expect(throws: ConfigurationError.self) { try read(deep) }
    #expect(throws: ConfigurationError.self) { try read("validate: " + String(repeating: "a", count: 2 << 20)) }
  }
}

private func read(_ text: String) throws(ConfigurationError) -> Configuration {
  try ConfigurationReader.read(Array(text.utf8), path: "waybill.yaml")
}

private func problems(in text: String) -> [ConfigurationError.Problem] {
  do {
    _ = try read(text)
    return []
  } catch {
    return error.problems
  }
}

private func expect(_ text: String, _ wording: String) {
  do {
    _ = try read(text)
    Issue.record("nothing was found")
  } catch {
    #expect(error.description == wording)
  }
}

private let full = """
  backlog: { kind: tasks }
  workspace: here
  environment: { GOCACHE: .tmp/gocache, PORT: 8080, EMPTY: "" }
  secrets:
    API_TOKEN: { from: env, for: [start, validate, implement] }
    PVE_SECRET: { from: { command: [pass, show, pve/token] }, for: [start] }
    KEY: { from: { file: .tmp/key } }
    SHORT: env
  implement:
    command: [my-agent, --brief, "{{brief}}"]
    attempts: 5
    timeout: 90s
  scope: { paths: [cmd/**, internal/**], max_files: 20, max_lines: 800 }
  gate: { unscanned: allow }
  format: [gofmt -w ./cmd ./internal]
  test:
    - go test ./...
    - [go, vet, ./...]
  service:
    build: go build -o .tmp/agent ./cmd/proxmox-agent
    run: .tmp/agent --config ./config.example.json
    ready: { url: "http://127.0.0.1:8080/healthz", within: 500ms }
  validate: [validations/smoke.hurl, "validations/{{task.id}}*.hurl"]
  commit: { message: "{{task.title}} ({{ task.id }})" }
  push: { remote: upstream, branch: release/1.x }
  close: { reason: "Delivered by {{run.id}}" }
  """
