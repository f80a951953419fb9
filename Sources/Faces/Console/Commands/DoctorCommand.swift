import ArgumentParser
import DeliveryLoop
import Engine
import FileSystem
import JSONText

/// `waybill doctor`
struct DoctorCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check what a run needs, and say how to mend it.")

  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let findings = try await Doctor(wiring: try shared.wiring()).examine()
    for finding in findings {
      if shared.json {
        Output.json([
          "check": .string(finding.check), "result": .string(finding.result.rawValue),
          "message": .string(finding.message),
        ])
      } else {
        let sign = finding.result == .ok ? "ok     " : finding.result == .warning ? "warning" : "FAILED "
        Output.line("\(sign) \(Table.padded(finding.check, 15))\(finding.message)")
      }
    }
    return findings.contains { $0.result == .failed } ? .gateFailed : .delivered
  }
}

/// Looks at everything that a run will need, and changes nothing.
struct Doctor {
  enum Result: String { case ok, warning, failed }

  struct Finding {
    let check: String
    let result: Result
    let message: String
  }

  let wiring: Wiring

  func examine() async throws -> [Finding] {
    var findings = [try repository()]
    let configuration: Configuration
    do {
      configuration = try wiring.configuration(at: try wiring.base()).configuration
      findings.append(Finding(check: "configuration", result: .ok, message: "waybill.yaml of the base commit"))
    } catch {
      return findings + [Finding(check: "configuration", result: .failed, message: Wording.of(error).message)]
    }
    findings += tools(configuration)
    findings.append(await remote(configuration))
    try Task.checkCancellation()
    findings += try await secrets(configuration)
    findings += certificates(configuration)
    findings += key(configuration)
    findings.append(backlog(configuration))
    findings += port(configuration)
    findings.append(ledger())
    return findings
  }

  private func repository() throws -> Finding {
    if let hazard = try wiring.repository.hazards().first {
      return Finding(check: "repository", result: .failed, message: hazard.wording)
    }
    let hooks = ["pre-commit", "commit-msg"].filter { FileReader.exists("\(wiring.repository.home)/.git/hooks/\($0)") }
    if !hooks.isEmpty {
      return Finding(
        check: "repository", result: .warning,
        message:
          "the hooks \(hooks.joined(separator: ", ")) are not run; put what they check into \"format\" or \"test\"")
    }
    guard case .branch(let branch, let commit) = try wiring.repository.head() else {
      return Finding(check: "repository", result: .failed, message: "HEAD is on no branch with a commit; check one out")
    }
    return Finding(check: "repository", result: .ok, message: "\(wiring.repository.root), \(branch) at \(commit.short)")
  }

  /// The first word of each command has to be a program; a shell's builtins and words are taken on trust.
  private func tools(_ configuration: Configuration) -> [Finding] {
    var lines = configuration.format + configuration.test
    if case .agent(let agent) = configuration.implement { lines.append(agent.command) }
    if let service = configuration.service { lines += [service.run] + (service.build.map { [$0] } ?? []) }
    var names: [String] = ["git"]
    for line in lines {
      let word =
        switch line {
        case .shell(let text): text.split(separator: " ").first.map(String.init) ?? ""
        case .program(let words): words.first ?? ""
        }
      if !word.isEmpty, word.allSatisfy({ $0.isLetter || $0.isNumber || "/._-+".contains($0) }), !names.contains(word) {
        names.append(word)
      }
    }
    let path = wiring.environment.all["PATH"] ?? ""
    let builtins: Set<String> = [
      "cd", "exec", "test", "export", "set", "true", "false", "for", "if", "while", "echo", "exit", "command",
    ]
    return names.filter { !builtins.contains($0) }.map { name in
      let file = name.contains("/") && !name.hasPrefix("/") ? "\(wiring.repository.root)/\(name)" : name
      if let found = wiring.commands.locate(file, path: path) {
        return Finding(check: "tool", result: .ok, message: found)
      }
      // What the build makes is not there yet.
      if name.contains("/") { return Finding(check: "tool", result: .warning, message: "\"\(name)\" is not there yet") }
      return Finding(
        check: "tool", result: .failed, message: "\"\(name)\" is not in PATH; install it or correct waybill.yaml")
    }
  }

  private func remote(_ configuration: Configuration) async -> Finding {
    let (name, wanted) = (configuration.push.remote, configuration.push.branch)
    do {
      guard case .branch(let own, let base) = try wiring.repository.head() else {
        return Finding(check: "remote", result: .failed, message: "HEAD is on no branch")
      }
      let branch = wanted ?? own
      let tip = try await wiring.remote.tip(of: branch, on: name)
      guard let tip else {
        return Finding(check: "remote", result: .ok, message: "\(name) answers and has no \"\(branch)\" yet")
      }
      if tip == base { return Finding(check: "remote", result: .ok, message: "\(name)/\(branch) at \(tip.short)") }
      return Finding(
        check: "remote", result: .warning,
        message: "\(name)/\(branch) is at \(tip.short) and HEAD at \(base.short); pull or push first")
    } catch let error as RemoteError {
      return Finding(check: "remote", result: .failed, message: error.wording)
    } catch {
      return Finding(check: "remote", result: .failed, message: Wording.of(error).message)
    }
  }

  private func secrets(_ configuration: Configuration) async throws -> [Finding] {
    var findings: [Finding] = []
    for declaration in configuration.secrets {
      var single = configuration
      single.secrets = [declaration]
      do {
        let isShort = try await !wiring.secrets(single).shortNames.isEmpty
        let steps = declaration.steps.map(\.rawValue).sorted().joined(separator: ", ")
        findings.append(
          isShort
            ? Finding(check: "secret", result: .warning, message: Wording.shortSecret(declaration.name))
            : Finding(check: "secret", result: .ok, message: "\(declaration.name), for \(steps)"))
      } catch {
        // What was stopped on request says nothing about the secret.
        try Task.checkCancellation()
        findings.append(Finding(check: "secret", result: .failed, message: Wording.of(error).message))
      }
    }
    return findings
  }

  private func certificates(_ configuration: Configuration) -> [Finding] {
    guard let path = wiring.caFile(configuration) else { return [] }
    guard let bytes = FileReader.contents(path) else {
      return [
        Finding(check: "CA file", result: .warning, message: "SSL_CERT_FILE names \"\(path)\", which is not there yet")
      ]
    }
    let count =
      String(decoding: bytes, as: UTF8.self).split(
        separator: "-----BEGIN CERTIFICATE-----", omittingEmptySubsequences: false
      ).count - 1
    return count > 0
      ? [Finding(check: "CA file", result: .ok, message: "\(path), \(count) certificate\(count == 1 ? "" : "s")")]
      : [Finding(check: "CA file", result: .failed, message: "\"\(path)\" holds no certificate in PEM form")]
  }

  private func backlog(_ configuration: Configuration) -> Finding {
    do {
      let tasks = try wiring.backlog(configuration.backlog).tasks()
      let ready = tasks.count { $0.obstacle == nil }
      return Finding(
        check: "backlog", result: ready > 0 ? .ok : .warning,
        message: "\(configuration.backlog.rawValue): \(tasks.count) tasks, \(ready) ready")
    } catch {
      return Finding(check: "backlog", result: .failed, message: Wording.of(error).message)
    }
  }

  private func port(_ configuration: Configuration) -> [Finding] {
    guard let port = configuration.service?.ready.port else { return [] }
    guard let holder = try? wiring.services.holder(of: port) else {
      return [Finding(check: "port", result: .ok, message: "\(port) is free")]
    }
    return [
      Finding(
        check: "port", result: .failed, message: "\(port) is taken by \(holder.wording); stop it or choose another port"
      )
    ]
  }

  private func ledger() -> Finding {
    do {
      let runs = try wiring.archive.history()?.runs(RunQuery(limit: 1_000_000)).count ?? 0
      return Finding(check: "ledger", result: .ok, message: "\(wiring.folder)/ledger.db, \(runs) runs")
    } catch {
      return Finding(check: "ledger", result: .failed, message: Wording.of(error).message)
    }
  }
}
