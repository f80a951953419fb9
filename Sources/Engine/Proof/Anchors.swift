package import Transparency

/// All that it takes to leave a signed checkpoint of the history where this machine cannot take it back.
package struct Anchors: Sendable {
  package let signer: Signer
  package let chain: any Chain
  package let notes: any Notes
  package let hasher: TreeHasher

  package init(signer: Signer, chain: any Chain, notes: any Notes, hasher: TreeHasher) {
    self.hasher = hasher
    self.signer = signer
    self.chain = chain
    self.notes = notes
  }
}
