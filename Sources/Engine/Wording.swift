package import DeliveryLoop

/// An error that a step meets and that a person can do something about.
package protocol Explained: Error {
  var kind: Failure.Kind { get }
  /// What failed, where, and what to do next.
  var wording: String { get }
}

extension RepositoryError: Explained {
  package var kind: Failure.Kind { .broken }

  package var wording: String {
    switch self {
    case .notARepository(let path): "\"\(path)\" is not inside a git repository; run it where your project is"
    case .bare(let path): "\"\(path)\" is a bare repository; run it in a working tree"
    case .unsupported(let what): "this repository uses \(what), which cannot be delivered safely"
    case .noIdentity: "git knows no author; set user.name and user.email with \"git config\""
    case .locked(let path): "\"\(path)\" is in the way: another git process works here, or one died; wait or remove it"
    case .notObserved(let what): "git reported \(what) as done, and it is not to be seen; check disk space and resume"
    case .failed(let doing, let message): "failed to \(doing): \(message)"
    }
  }
}

extension BacklogError: Explained {
  package var kind: Failure.Kind {
    switch self {
    case .conflict, .alreadyClosed: .conflict
    case .missing, .notFound, .malformed, .unsupported, .busy, .failed: .broken
    }
  }

  package var wording: String {
    switch self {
    case .missing(let path): "there is no backlog at \"\(path)\"; create it or set \"backlog\" in waybill.yaml"
    case .notFound(let task, let similar):
      "there is no task \"\(task)\"" + (similar.isEmpty ? "" : "; did you mean \(list(similar))?")
    case .conflict(let task, let owner): "\"\(task)\" is taken by \"\(owner)\"; agree with them, or take another task"
    case .alreadyClosed(let task): "\"\(task)\" is closed already"
    case .malformed(let path, let line, let column, let message): "\(path):\(line):\(column): \(message)"
    case .unsupported(let what): what
    case .busy(let path): "\"\(path)\" is locked by another process; try again when it is done"
    case .failed(let doing, let message): "failed to \(doing): \(message)"
    }
  }
}

extension ScratchError: Explained {
  package var kind: Failure.Kind { .broken }
  package var wording: String { "failed to write \"\(path)\": \(message)" }
}

extension Failure {
  /// What a remote that could not be asked means for a step.
  init(step: Step, _ error: RemoteError) throws {
    if error == .cancelled { throw CancellationError() }
    self.init(step: step, kind: error.kind, message: error.wording + "; mend it, then resume")
  }
}

extension RemoteError: Explained {
  package var kind: Failure.Kind { isPassing ? .inconclusive : .broken }

  /// Asked again it may answer; what happened there meanwhile is not known.
  var isPassing: Bool {
    switch self {
    case .unreachable, .timedOut, .unknown: true
    case .noRemote, .programMissing, .authentication, .cancelled, .rewritten: false
    }
  }

  package var wording: String {
    switch self {
    case .cancelled: "asking the remote was cancelled"
    case .noRemote(let name): "there is no remote \"\(name)\"; add it with \"git remote add\" or set \"push.remote\""
    case .programMissing(let program): "\"\(program)\" is not installed; it is needed to reach the remote"
    case .unreachable(let words): "the remote cannot be reached: \(words)"
    case .authentication(let words): "the remote does not accept your credentials: \(words)"
    case .rewritten(let ref, let remote):
      "\(ref) of \"\(remote)\" was rewritten or removed: what was seen there is gone; find out by whom, and put it back with "
        + "\"git push \(remote) refs/waybill/notes/\(remote):\(ref)\""
    case .timedOut(let duration): "the remote did not answer within \(duration)"
    case .unknown(let words): "the remote's answer was not understood: \(words)"
    }
  }
}

extension CommandResult.End {
  /// Fits after the name of a command.
  package var wording: String {
    switch self {
    case .exited(let code): "exited with \(code)"
    case .signaled(let signal): "was ended by signal \(signal)"
    case .timedOut: "was stopped: its time was over"
    case .idle: "was stopped: it gave no sign of life"
    case .cancelled: "was stopped"
    }
  }
}

extension PortHolder {
  package var wording: String {
    guard let pid else { return "a process of another user" }
    return "process \(pid) (\(command))"
  }
}

extension Head {
  /// Fits after "HEAD is at".
  package var wording: String {
    switch self {
    case .branch(let name, let commit): "\(commit.short) on \"\(name)\""
    case .detached(let commit): "\(commit.short), on no branch"
    case .unborn(let name): "\"\(name)\", which has no commit"
    }
  }
}

extension Hazard {
  package var wording: String {
    switch self {
    case .sparseCheckout:
      "this working tree is a sparse checkout, whose absent files would look deleted; use a full one"
    case .cleanFilter(let driver):
      "the filter \"\(driver)\" changes files on their way into git, which cannot be done here yet"
    case .hiddenFromStatus(let path):
      "git was told not to look at \"\(path)\", so a change of it would be left out; undo that with "
        + "\"git update-index --no-assume-unchanged --no-skip-worktree \(path)\""
    case .operationInProgress(let name): "a \(name) is in progress; finish or abort it first"
    case .undoneIgnore(let rule, let path):
      "\"\(rule)\" in \"\(path)\" undoes a rule of a folder above, which libgit2 misreads: files would be left out; "
        + "move it to the \".gitignore\" with that rule"
    case .certificateChecksOff(let setting):
      "git's setting \"\(setting)\" switches certificate checks off; remove it, and trust the server's CA with http.sslCAInfo"
    case .setupChanged(let names):
      "git's own set-up was changed while the run was at work: \(list(names)); put it back if that was not you (settings: "
        + "\"git config --show-origin --list\"), then resume"
    }
  }
}

extension BacklogTask.Obstacle {
  /// Fits after "cannot be taken up:".
  package var wording: String {
    switch self {
    case .closed: "it is closed"
    case .claimed(let owner): "it is taken by \(owner.map { "\"\($0)\"" } ?? "somebody")"
    case .blocked(let blockers): "it is blocked by \(list(blockers))"
    case .epic: "it is an epic, which is closed by its children"
    case .setAside(let status): "its status is \"\(status)\""
    }
  }
}
