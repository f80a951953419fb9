/// What one run of one validation came to on one tree.
package struct Judgement: Hashable, Sendable {
  package enum Verdict: String, CaseIterable, Sendable { case passed, failed, inconclusive }

  package let tree: ObjectID
  /// The file's path, with a word where another version of it ran.
  package let validation: String
  package let verdict: Verdict

  package init(tree: ObjectID, validation: String, verdict: Verdict) {
    self.tree = tree
    self.validation = validation
    self.verdict = verdict
  }
}

/// A validation that has both passed and failed on the same tree: one of the two was chance.
package struct Flake: Hashable, Sendable {
  package let tree: ObjectID
  package let validation: String
  /// In the order in which they came.
  package let verdicts: [Judgement.Verdict]

  package var wording: String {
    "\(validation) is flaky: \(verdicts.map(\.rawValue).joined(separator: ", ")) on the same tree \(tree.short)"
  }
}

extension Run {
  /// In the order in which the validations first ran.
  package var flakes: [Flake] {
    var flakes: [Flake] = []
    for judgement in judgements {
      let (tree, validation) = (judgement.tree, judgement.validation)
      if flakes.contains(where: { $0.tree == tree && $0.validation == validation }) { continue }
      let verdicts = judgements.filter { $0.tree == tree && $0.validation == validation }.map(\.verdict)
      if verdicts.contains(.passed), verdicts.contains(.failed) {
        flakes.append(Flake(tree: tree, validation: validation, verdicts: verdicts))
      }
    }
    return flakes
  }
}
