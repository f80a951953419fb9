import DeliveryLoop
import Yams

extension DocumentReader {
  /// `implement: { command, attempts, timeout, idle, budget }`
  mutating func implementer(_ top: Section) -> Configuration.Implementer {
    let keys = ["command", "attempts", "timeout", "idle", "budget"]
    guard let section = section(top, "implement", keys: keys) else { return .person }
    let attempts = count(section, "attempts", within: 1...100)
    let timeout = duration(section, "timeout")
    let idle = idle(section)
    let budget = budget(section)
    guard let node = section["command"] else {
      complain(
        section.mark,
        .missingKey(
          "command", in: section.title, advice: "name the coding agent, or remove \"implement\" to do it yourself"))
      return .person
    }
    guard let line = command(node, "implement.command") else { return .person }
    let words =
      switch line {
      case .shell(let text): [text]
      case .program(let words): words
      }
    for word in words { checkTemplate(word, node, "implement.command", names: TemplateNames.implementer) }
    return .agent(
      Agent(
        line, attempts: attempts ?? Agent.usualAttempts, timeout: timeout ?? Agent.usualTimeout, idle: idle,
        budget: budget))
  }

  /// A duration, or `off`.
  private mutating func idle(_ section: Section) -> Duration? {
    guard let node = section["idle"] else { return Agent.usualIdle }
    guard let text = text(node, section.name("idle")), text != "off" else { return nil }
    if let duration = DurationText.read(text) { return duration }
    complain(node, .badDuration(key: section.name("idle"), text: text, orElse: "off"))
    return nil
  }

  /// `budget: { attempts, time, spend }`
  private mutating func budget(_ implement: Section) -> Budget {
    guard let section = section(implement, "budget", keys: ["attempts", "time", "spend"]) else { return Budget() }
    return Budget(
      attempts: count(section, "attempts", within: 1...10_000), time: duration(section, "time"), spend: spend(section))
  }

  /// `20.00`, or with a currency `20.00 EUR`.
  private mutating func spend(_ section: Section) -> Money? {
    guard let node = section["spend"], let text = text(node, section.name("spend")) else { return nil }
    let words = text.split(separator: " ").map(String.init)
    if (1...2).contains(words.count), let money = Money(words[0], currency: words.count == 2 ? words[1] : Money.usual),
      !money.isZero
    {
      return money
    }
    complain(node, .badSum(key: section.name("spend"), text: text))
    return nil
  }
}
