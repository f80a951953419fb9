/// Values that rules take for secrets, made so that no scanner finds them in this file.
enum SampleSecret {
  static let token = "ghp_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0" + "zA1bC2"
}
