import Codings
import Testing
import Transparency

@Suite struct `A Merkle tree` {
  private static let hasher = TreeHasher()

  /// The leaves and roots with which implementations of RFC 6962 are tested (certificate-transparency, merkle_tree_test).
  private static let inputs = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]
  private static let known = inputs.map { hasher.leaf(Hexadecimal.decode($0) ?? []) }
  private static let many = (0..<70).map { hasher.leaf([UInt8($0)]) }

  @Test func `has the roots that are known`() {
    var tree = MerkleTree(Self.hasher)
    let proofs = MerkleProofs(of: Self.known, Self.hasher)
    for (size, root) in Self.roots.enumerated() {
      #expect(tree.size == size && tree.root.description == root)
      #expect(proofs.root(of: size)?.description == root)
      if size < Self.known.count { tree.append(leaf: Self.known[size]) }
    }
    #expect(proofs.root(of: 9) == nil && proofs.root(of: -1) == nil)
  }

  @Test func `grows to the same root as one that is made at once`() {
    var tree = MerkleTree(Self.hasher)
    let proofs = MerkleProofs(of: Self.many, Self.hasher)
    for leaf in Self.many {
      tree.append(leaf: leaf)
      #expect(tree.root == proofs.root(of: tree.size))
    }
  }

  @Test func `proves that each leaf is in it, and nothing else`() throws {
    let proofs = MerkleProofs(of: Self.many, Self.hasher)
    for size in 1...Self.many.count {
      let root = try #require(proofs.root(of: size))
      for index in 0..<size {
        let proof = try #require(proofs.inclusion(of: index, in: size))
        let leaf = Self.many[index]
        #expect(Self.hasher.includes(leaf, at: index, in: size, root, by: proof))
        let other = Self.many[(index + 1) % Self.many.count]
        #expect(!Self.hasher.includes(other, at: index, in: size, root, by: proof))
        #expect(!Self.hasher.includes(leaf, at: index, in: size, other, by: proof))
        #expect(!Self.hasher.includes(leaf, at: index, in: size, root, by: proof + [other]))
        if size > 1 {
          #expect(!Self.hasher.includes(leaf, at: (index + 1) % size, in: size, root, by: proof))
          #expect(!Self.hasher.includes(leaf, at: index, in: size, root, by: Array(proof.dropLast())))
          #expect(!Self.hasher.includes(leaf, at: index, in: size, root, by: flipped(proof, index)))
        }
      }
    }
    #expect(proofs.inclusion(of: 5, in: 5) == nil && proofs.inclusion(of: -1, in: 5) == nil)
    #expect(proofs.inclusion(of: 0, in: 71) == nil)
    #expect(!Self.hasher.includes(Self.many[0], at: 0, in: 0, Self.hasher.empty, by: []))
  }

  @Test func `proves that it is the beginning of a later one, and nothing else`() throws {
    let proofs = MerkleProofs(of: Self.many, Self.hasher)
    for new in 0...Self.many.count {
      let end = (size: new, root: try #require(proofs.root(of: new)))
      for old in 0...new {
        let start = (size: old, root: try #require(proofs.root(of: old)))
        let proof = try #require(proofs.consistency(from: old, to: new))
        #expect(Self.hasher.extends(start, to: end, by: proof), "\(old) to \(new)")
        #expect(!Self.hasher.extends((old, Self.many[3]), to: end, by: proof))
        #expect(!Self.hasher.extends(start, to: end, by: proof + [Self.many[0]]))
        if old != new { #expect(!Self.hasher.extends(start, to: (new, start.root), by: proof) || old == 0) }
        if !proof.isEmpty {
          #expect(!Self.hasher.extends(start, to: end, by: Array(proof.dropLast())))
          #expect(!Self.hasher.extends(start, to: end, by: flipped(proof, old)))
        }
      }
    }
    #expect(proofs.consistency(from: 3, to: 2) == nil && proofs.consistency(from: 0, to: 71) == nil)
  }

  /// One bit of one hash is another.
  private func flipped(_ proof: [TreeHash], _ seed: Int) -> [TreeHash] {
    var proof = proof
    let place = seed % proof.count
    var bytes = proof[place].bytes
    bytes[seed % 32] ^= 1 << UInt8(seed % 8)
    proof[place] = TreeHash(bytes) ?? proof[place]
    return proof
  }
}
