package import Transparency

/// What `waybill.yaml` says, with its defaults filled in.
package struct Configuration: Hashable, Sendable {
  /// Where it is, relative to the root.
  package static let path = "waybill.yaml"

  package var backlog: BacklogKind
  package var workspace: Workspace
  /// Added to the clean environment of every command.
  package var environment: [String: String]
  package var secrets: [SecretDeclaration]
  package var implement: Implementer
  package var format: [CommandLine]
  package var test: [CommandLine]
  package var service: Service?
  /// Files, folders and globs, with templates; never empty.
  package var validate: [String]
  package var quorum: Quorum
  /// What requests risk; the first rule that fits decides, and what none knows is high.
  package var risk: [RiskRule]
  package var environments: [LiveEnvironment]
  package var approvals: Approvals
  /// What is not compared when two runs are.
  package var ignored: Ignored
  /// Limits of the change itself; nil where none are set.
  package var scope: Scope?
  /// Whether a change is refused in which something cannot be looked at for secrets, such as an encrypted archive.
  package var refusesUnscanned: Bool
  /// Template of the commit message without the trailers.
  package var commitMessage: String
  package var push: Push
  /// Template of the reason with which the task is closed.
  package var closeReason: String
  /// Whose signature counts on a delivery's note; where there are none, deliveries are not anchored.
  package var anchorKeys: [NoteKey]
  /// How long evidence is kept; nil for ever.
  package var retention: Retention?

  package init(
    backlog: BacklogKind = .beads, workspace: Workspace = .here, environment: [String: String] = [:],
    secrets: [SecretDeclaration] = [],
    implement: Implementer = .person, format: [CommandLine] = [], test: [CommandLine] = [], service: Service? = nil,
    validate: [String], quorum: Quorum = .once, risk: [RiskRule] = [], environments: [LiveEnvironment] = [],
    approvals: Approvals = Approvals(), ignored: Ignored = Ignored(), scope: Scope? = nil,
    refusesUnscanned: Bool = true,
    commitMessage: String = "{{task.title}} ({{task.id}})",
    push: Push = Push(remote: "origin", branch: nil), closeReason: String = "Implemented and validated live",
    anchorKeys: [NoteKey] = [], retention: Retention? = nil
  ) {
    self.backlog = backlog
    self.workspace = workspace
    self.environment = environment
    self.secrets = secrets
    self.implement = implement
    self.format = format
    self.test = test
    self.service = service
    self.validate = validate
    self.quorum = quorum
    self.risk = risk
    self.environments = environments
    self.approvals = approvals
    self.ignored = ignored
    self.scope = scope
    self.refusesUnscanned = refusesUnscanned
    self.commitMessage = commitMessage
    self.push = push
    self.closeReason = closeReason
    self.anchorKeys = anchorKeys
    self.retention = retention
  }

  package enum BacklogKind: String, CaseIterable, Sendable {
    /// `.beads/issues.jsonl`
    case beads
    /// `tasks/*.md`
    case tasks
  }

  /// Where a task is delivered.
  package enum Workspace: String, CaseIterable, Sendable {
    /// In the working tree in which the program is started.
    case here
    /// In a linked working tree of a pool of our own; the user's is never touched.
    case worktree
  }

  package enum Implementer: Hashable, Sendable {
    /// The run waits until a person has made the change and resumes it.
    case person
    case agent(Agent)
  }

  package struct Service: Hashable, Sendable {
    package let build: CommandLine?
    package let run: CommandLine
    package let ready: Readiness

    package init(build: CommandLine?, run: CommandLine, ready: Readiness) {
      self.build = build
      self.run = run
      self.ready = ready
    }
  }

  /// When a service counts as started: a GET of `url` answers with a status below 400.
  package struct Readiness: Hashable, Sendable {
    package let url: String
    package let within: Duration
    /// The TCP port of `url`, which the service must own.
    package let port: UInt16

    package init(url: String, within: Duration, port: UInt16) {
      self.url = url
      self.within = within
      self.port = port
    }
  }

  package struct Push: Hashable, Sendable {
    package let remote: String
    /// nil: the branch on which the run began.
    package let branch: String?

    package init(remote: String, branch: String?) {
      self.remote = remote
      self.branch = branch
    }
  }

  /// What a task's change may touch.
  package struct Scope: Hashable, Sendable {
    /// Globs; empty means everything.
    package let paths: [String]
    /// Globs of what may not change, whatever `paths` says.
    package let forbidden: [String]
    /// Whether binary and generated files may change.
    package let allowsBinary: Bool
    package let allowsGenerated: Bool
    package let maxFiles: Int?
    /// Added and removed lines together.
    package let maxLines: Int?

    package init(
      paths: [String], forbidden: [String] = [], allowsBinary: Bool = true, allowsGenerated: Bool = true,
      maxFiles: Int?, maxLines: Int?
    ) {
      self.paths = paths
      self.forbidden = forbidden
      self.allowsBinary = allowsBinary
      self.allowsGenerated = allowsGenerated
      self.maxFiles = maxFiles
      self.maxLines = maxLines
    }
  }
}

/// A secret by its name and source, and the steps whose processes may see it.
package struct SecretDeclaration: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// The variable of the same name in the environment of the program itself.
    case environment
    /// The content of a file, one final line break cut off; relative to the root.
    case file(String)
    /// The standard output of a command, one final line break cut off.
    case command(CommandLine)
  }

  package let name: String
  package let source: Source
  /// By default `start` and `validate`.
  package let steps: Set<Step>

  package init(name: String, source: Source, steps: Set<Step>) {
    self.name = name
    self.source = source
    self.steps = steps
  }
}

extension Configuration {
  /// What differs from one time to the next without meaning anything.
  package struct Ignored: Hashable, Sendable {
    /// Names of headers, in any case.
    package var headers: [String]
    /// JSONPaths (RFC 9535) into bodies.
    package var paths: [String]

    package init(headers: [String] = [], paths: [String] = []) {
      self.headers = headers
      self.paths = paths
    }
  }
}
