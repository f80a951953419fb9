/// The rules that are built in, in the language of rule files (see docs/secrets.md); where two rules find the same
/// place, the first one names it.
enum RuleText {
  static let all = [
    forges, registries, models, clouds, infrastructure, payments, messaging, services, keys, general,
  ].joined(separator: "\n\n")
}
