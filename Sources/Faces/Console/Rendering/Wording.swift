import DeliveryLoop
import Engine
import LiveChecks
import Processes
import Redaction
import SecretScanning
import YAMLConfiguration

/// Every expected error in words, with the number to end with. What is not listed here is a bug and says so.
package enum Wording {
  package static func of(_ error: any Error) -> (message: String, status: ExitStatus) {
    switch error {
    case is CancellationError, RemoteError.cancelled, WorktreePoolError.cancelled: ("interrupted", .interrupted)
    case let error as Mistake: of(error)
    case let error as ReplayMistake: (error.wording, error.status)
    case let error as AttestMistake: (error.wording, .usage)
    case let error as KeepMistake: (error.wording, .usage)
    case let error as KeyMistake: (error.wording, .usage)
    case let error as Refusal: of(error)
    case let error as DecisionRefusal: of(error)
    case let error as RecordProblem: (error.wording, .usage)
    case let error as CheckSyntaxError: (error.description, .usage)
    case let error as RunLookup: (of(error), .usage)
    case let error as IllegalTransition: (of(error), .broken)
    case let error as ConfigurationError: ("\(error)", .usage)
    case let error as SecretProblem: (of(error), .usage)
    case let error as LedgerError: (of(error), error.isDropped ? .usage : .broken)
    case let error as BacklogError: (error.wording, error.kind == .conflict ? .broken : .usage)
    case let error as WorktreePoolError: (of(error), .broken)
    case let error as AllowListError: (error.wording, .usage)
    case let error as ProcessError: (error.wording, .broken)
    case let error as RepositoryError: (error.wording, status(of: error))
    case let error as any Explained: (error.wording, .broken)
    default: ("this is a bug, please report it: \(error)", .broken)
    }
  }

  private static func status(of error: RepositoryError) -> ExitStatus {
    switch error {
    case .notARepository, .bare: .usage
    case .unsupported, .noIdentity, .locked, .notObserved, .failed: .broken
    }
  }

  private static func of(_ mistake: Mistake) -> (String, ExitStatus) {
    switch mistake {
    case .noConfiguration(let commit):
      ("there is no waybill.yaml in \(commit.short); write one and commit it (docs/configuration.md)", .usage)
    case .busy(let holder): ("another run holds this working tree: \(holder); wait for it or stop it", .broken)
    case .insideRun(let run):
      (
        "run \(run.short) cannot be driven from inside itself: this was started by one of its own commands; "
          + "end that command, and type this in a terminal of your own", .refusedByPolicy
      )
    case .nothingReady(let tasks):
      ("no task is ready" + (tasks.isEmpty ? ": the backlog is empty" : "; \"waybill tasks\" says why"), .usage)
    case .noBacklog: ("HEAD has no backlog to begin with: neither \".beads/issues.jsonl\" nor \"tasks/*.md\"", .usage)
    case .noSuchRuns: ("no run is as the options say; \"waybill runs\" lists them all", .usage)
    case .noRuns: ("nothing has been delivered here yet; start with \"waybill run\"", .usage)
    case .notATask(let text): ("\"\(text)\" is not the id of a task: letters, digits and . _ - only", .usage)
    case .nothingToResume: ("no run rests in this working tree; start one with \"waybill run\"", .usage)
    case .finished(let run, let rest):
      ("run \(run.short) is \(rest == .delivered ? "delivered" : "abandoned"); there is nothing to resume", .usage)
    case .elsewhere(let run, let root):
      ("run \(run.short) belongs to the working tree \"\(root)\"; type the command there", .usage)
    case .several(let runs):
      (
        "several runs rest: \(runs.map { "\($0.run.short) (\($0.task))" }.joined(separator: ", ")); name one of them",
        .usage
      )
    case .adoptsNothing:
      ("with \"workspace: worktree\" there is nothing to adopt; leave --adopt out, or use \"workspace: here\"", .usage)
    case .adoptsResting(let run):
      (
        "run \(run.run.short) of \(run.task) rests already, and --adopt is for a new one; go on with it by \"waybill resume "
          + "\(run.run.short)\", or give it up first with \"waybill abandon \(run.run.short)\"", .usage
      )
    case .unreadable(let run, let kind, let sequence):
      (
        "run \(run.short) has an event that this version cannot read (\"\(kind)\", number \(sequence)); go on with the version "
          + "that wrote it", .broken
      )
    case .noCommit: ("this repository has no commit yet; commit your project first", .usage)
    case .noSuchFolder(let path): ("there is no folder \"\(path)\"", .usage)
    case .noSuchFile(let path): ("there is no file \"\(path)\"", .usage)
    case .noSuchRevision(let name): ("git knows no commit \"\(name)\"; fetch it, or name another", .usage)
    case .badRange(let text): ("\"\(text)\" is no range; write two revisions, such as origin/main..HEAD", .usage)
    case .notASecret(let place, let reason): ("\(place): \(reason)", .usage)
    case .system(let doing, let reason): ("failed to \(doing): \(reason)", .broken)
    case .sandbox(let message, let status): (message, status)
    }
  }

  private static func of(_ refusal: Refusal) -> (String, ExitStatus) {
    switch refusal {
    case .unfinishedRun(let run):
      (
        "run \(run.run.short) of \(run.task) rests in this working tree; go on with \"waybill resume \(run.run.short)\" "
          + "or give it up with \"waybill abandon \(run.run.short)\"", .usage
      )
    case .unfinishedElsewhere(let run):
      (
        "\(run.task) is on its way already, as run \(run.run.short) in \"\(run.workspace)\"; go on with "
          + "\"waybill resume \(run.run.short)\"", .usage
      )
    case .notReady(let task, let obstacle): ("\"\(task)\" cannot be taken up: \(obstacle.wording)", .usage)
    case .noBranch: ("HEAD is detached; check out the branch that is to be delivered to", .usage)
    case .noRemote(let name):
      ("there is no remote \"\(name)\"; add it with \"git remote add\" or set \"push.remote\"", .usage)
    case .unfit(let message): (message, .usage)
    case .clash(let clash): ("\(clash.wording); change the secret, or the name", .usage)
    case .pushed(let run):
      (
        "the commit of run \(run.short) is on the remote already; finish it with \"waybill resume \(run.short)\"",
        .usage
      )
    case .moved(let branch, let base):
      (
        "HEAD is no longer at \(base.short) on \"\(branch)\"; go back there, for example with "
          + "\"git reset --soft \(base.short)\", which keeps the files, then abandon", .usage
      )
    }
  }

  private static func of(_ refusal: DecisionRefusal) -> (String, ExitStatus) {
    switch refusal {
    case .objection(let objection): (objection.wording, .refusedByPolicy)
    case .nothingToDecide(let run):
      ("run \(run.short) does not wait for a decision; \"waybill why \(run.short)\" says where it stands", .usage)
    case .decidedAlready(let run, let person):
      (
        "\(person.map { "\"\($0)\"" } ?? "somebody") has decided about run \(run.short) already; go on with \"waybill resume "
          + "\(run.short)\"", .usage
      )
    case .expired(let run):
      (
        "the plan of run \(run.short) has expired unanswered; \"waybill resume \(run.short)\" makes a new one",
        .refusedByPolicy
      )
    case .notWaivable(let run, let validation, let waivable):
      (
        "\"\(validation)\" of run \(run.short) cannot be waived: "
          + (waivable.isEmpty
            ? "the run does not wait for a validation that could not be asked"
            : "it is not among those that could not be asked, which are \(waivable.joined(separator: ", "))"),
        .usage
      )
    case .past(let time): ("a waiver until \(time.text(fraction: 0)) is over already; name a later time", .usage)
    case .highRisk(let validation):
      (
        "\"\(validation)\" has a high risk, and cannot be waived unless the base commit's waybill.yaml says \"waivers: { high: "
          + "allow }\"", .refusedByPolicy
      )
    }
  }

  private static func of(_ transition: IllegalTransition) -> String {
    switch transition {
    case .notOpened(let run): "the history of run \(run.short) has no beginning; \"waybill runs\" lists the others"
    case .openedTwice(let run): "this is a bug, please report it: run \(run.short) was opened twice"
    case .outOfOrder(let run, let event, let step):
      "this is a bug, please report it: \"\(event)\" cannot follow at \(step.rawValue) of run \(run.short); nothing was recorded"
    case .treeDiffers(let run, let step, let expected, let found):
      "run \(run.short): \(step.rawValue) saw the tree \(found.short) and not \(expected?.short ?? "none"); nothing was recorded"
    }
  }

  private static func of(_ lookup: RunLookup) -> String {
    switch lookup {
    case .unknown(let name):
      "there is no run \"\(name)\": no id and no commit begins with it, and it is no task that was delivered; \"waybill runs\" lists them"
    case .ambiguous(let prefix, let runs):
      "\"\(prefix)\" means several runs: \(runs.prefix(5).map(\.short).joined(separator: ", ")); give more of it"
    }
  }

  private static func of(_ problem: SecretProblem) -> String {
    switch problem {
    case .unset(let name, .environment): "the secret \"\(name)\" is not set; export it in your environment"
    case .unset(let name, .file(let path)): "the secret \"\(name)\" is not in \"\(path)\""
    case .unset(let name, .command(let line)): "the secret \"\(name)\" was not printed by \"\(line)\""
    case .unreadable(let name, let message): "the secret \"\(name)\" cannot be read: \(message)"
    case .notText(let name):
      "the secret \"\(name)\" is not UTF-8 text without NUL, so no variable can hold it; keep it in base64 and decode it "
        + "where it is used"
    case .tooLarge(let name, let limit):
      "the secret \"\(name)\" is larger than \(limit) bytes; name the part that is secret, or the file that holds it"
    case .refused(.empty(let name)), .refused(.blank(let name)): "the secret \"\(name)\" is empty; give it a value"
    case .refused(.tooShort(let name, let minimum)):
      "the secret \"\(name)\" is shorter than \(minimum) bytes and cannot be masked; use a longer one"
    }
  }

  /// A warning: the value is used, and what is made of it cannot be told from other text.
  static func shortSecret(_ name: String) -> String {
    "the secret \"\(name)\" is shorter than \(Secret.safeLength) bytes and is masked only where it stands as a word of its own; "
      + "use a longer one"
  }

  private static func of(_ error: WorktreePoolError) -> String {
    switch error {
    case .exhausted(let limit): "all \(limit) working trees are in use; finish or abandon a run first"
    case .held(let root, let holder): "another run holds \"\(root)\": \(holder); wait for it or stop it"
    case .unknown(let root): "\"\(root)\" is no working tree of ours"
    case .lost(let root):
      "the working tree \"\(root)\" is gone, and with it what the run had not committed; restore it, or abandon the run there"
    case .branchInUse(let branch, let root): "the branch \"\(branch)\" is checked out in \"\(root)\"; rename it"
    case .programMissing(let program): "\"\(program)\" is not installed"
    case .timedOut(let doing, let duration): "failed to \(doing): it took longer than \(duration)"
    case .cancelled: "interrupted"
    case .failed(let doing, let message): "failed to \(doing): \(message)"
    }
  }

  private static func of(_ error: LedgerError) -> String {
    switch error {
    case .cannotOpen(let path, let message):
      "the ledger \"\(path)\" cannot be opened: \(message); put it right, then try again"
    case .busy(let path): "the ledger \"\(path)\" is in use by another process; wait for it, then try again"
    case .full(let path): "the disk is full: \"\(path)\" cannot grow; free some space, then resume"
    case .readOnly(let path): "\"\(path)\" cannot be written; check its mode, its folder's and its disk, then resume"
    case .corrupt(let path, let message):
      "the ledger \"\(path)\" is damaged (\(message)); keep a copy with its \"-wal\" and \".lock\", then restore a good "
        + "one, or remove the \".lock\" to go on with what is left"
    case .newer(let path, let version):
      "the ledger \"\(path)\" is of version \(version), which is newer than this program; update it"
    case .older(let path, let version):
      "the ledger \"\(path)\" is of version \(version), which is older than this program, and cannot be brought up to it where it "
        + "is; copy it to where it can be written"
    case .dropped(let id):
      "the bytes of capture \(id.number) were let go by \"waybill gc\"; its digest is kept, and \"waybill verify\" says by which "
        + "event. Take them from a copy of the ledger that still has them"
    case .unknownEvidence(let id): "there is no evidence \(id)"
    case .failed(let doing, let message): "failed to \(doing): \(message)"
    }
  }
}

extension LedgerError {
  fileprivate var isDropped: Bool { if case .dropped = self { true } else { false } }
}
