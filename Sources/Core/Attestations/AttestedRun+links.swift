import DeliveryLoop
package import JSONText

/// What `in-toto-verify` reads: a link for each step, and a layout that says how they have to follow from one another.
extension AttestedRun {
  /// Those of a delivery with the names of their steps; nil where nothing was delivered.
  package var links: [(step: String, link: JSON)]? {
    guard run.rest == .delivered, let commit = run.commit, let formatted = run.formattedTree,
      let tested = run.testedTree, let validated = run.validatedTree, run.pushed != nil, run.isClosed
    else { return nil }
    func tree(_ id: ObjectID) -> JSON { [Self.tree: ["sha1": .string(id.text)]] }
    let pushed: JSON = [Self.commit: ["sha1": .string(commit.id.text)]]
    return [
      link("format", products: tree(formatted)), link("secret-scan", materials: tree(validated)),
      link("test", materials: tree(tested), products: tree(tested)),
      link("live-validate", materials: tree(validated), products: tree(validated)),
      link("push", materials: tree(validated), products: pushed), link("close", materials: pushed),
    ]
  }

  private static let tree = "git-tree"
  private static let commit = "git-commit"

  private func link(_ name: String, materials: JSON = [:], products: JSON = [:]) -> (step: String, link: JSON) {
    (
      name,
      [
        "_type": "link", "name": .string(name), "command": [], "materials": materials, "products": products,
        "byproducts": ["return-value": 0], "environment": ["run": .string(run.id.text)],
      ]
    )
  }

  /// The name under which a link is looked for.
  package static func file(of step: String, by key: AttestationKey) -> String { "\(step).\(key.id.prefix(8)).link" }

  /// What was formatted is what was scanned, tested, validated and pushed, and what was pushed was closed.
  ///
  /// - Parameter expiry: in UTC, ISO 8601, to the second.
  package static func layout(for key: AttestationKey, expiry: String) -> JSON {
    func match(_ artifact: String, from step: String) -> JSON {
      ["MATCH", .string(artifact), "WITH", "PRODUCTS", "FROM", .string(step)]
    }
    func step(_ name: String, materials: [JSON] = [], products: [JSON] = []) -> JSON {
      let nothingElse: JSON = ["DISALLOW", "*"]
      return [
        "_type": "step", "name": .string(name), "pubkeys": [.string(key.id)], "threshold": 1, "expected_command": [],
        "expected_materials": .array(materials + [nothingElse]), "expected_products": .array(products + [nothingElse]),
      ]
    }
    let formatted = match(tree, from: "format")
    return [
      "_type": "layout", "expires": .string(expiry), "readme": "The steps of a delivery by waybill.",
      "keys": .object([key.id: key.json]), "inspect": [],
      "steps": [
        step("format", products: [["REQUIRE", .string(tree)], ["CREATE", .string(tree)]]),
        step("secret-scan", materials: [["REQUIRE", .string(tree)], match(tree, from: "live-validate")]),
        step(
          "test", materials: [["REQUIRE", .string(tree)], formatted],
          products: [["REQUIRE", .string(tree)], formatted]),
        step(
          "live-validate", materials: [["REQUIRE", .string(tree)], match(tree, from: "test")],
          products: [["REQUIRE", .string(tree)], match(tree, from: "test")]),
        step(
          "push", materials: [["REQUIRE", .string(tree)], match(tree, from: "live-validate")],
          products: [["REQUIRE", .string(commit)], ["CREATE", .string(commit)]]),
        step("close", materials: [["REQUIRE", .string(commit)], match(commit, from: "push")]),
      ],
    ]
  }
}
