import DeliveryLoop
import Engine
import Git
import SecretScanning
import Testing

@Suite struct `The objects of a repository` {
  /// Items as text: place, and content or what is in its place.
  private func list(_ sample: Sample, _ scope: ScanScope) throws -> [String] {
    try GitObjects(at: sample.root).items(in: scope).map { item in
      guard let content = item.content else { return item.place.text() }
      do throws(Unscanned.Reason) {
        return "\(item.place.text()): \(String(decoding: try content(), as: UTF8.self))"
      } catch {
        return "\(item.place.text()): (\(error))"
      }
    }
  }

  @Test func `are, of what is staged, those of the index`() async throws {
    let sample = try await Sample()
    try await sample.sh(
      "echo staged > README && git add README && echo edited > README && git rm -q run.sh && chmod +x src/main.c && ln -s to link && git add -A src link && echo untracked > x"
    )
    #expect(
      try list(sample, .staged) == [
        "\"README\": staged\n", "\"link\": to", "\"src/main.c\": int main(void) { return 0; }\n",
      ])
  }

  @Test func `are, of a conflict, those of all sides`() async throws {
    let sample = try await Sample()
    try await sample.sh(
      "git switch -qc side && echo theirs > README && git commit -qam theirs && git switch -q main && echo ours > README && git commit -qam ours && (git merge -q side || true)"
    )
    #expect(try list(sample, .staged) == ["\"README\": hello\n", "\"README\": ours\n", "\"README\": theirs\n"])
  }

  @Test func `are, of a tree, what the other has not, each file by itself`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD^{tree}")
    try await sample.sh("mkdir a b && echo new > a/x && cp a/x b/x && git mv README a/README && git add -A")
    let tree = try await sample.id("write-tree")
    let expected = ["\"a/README\": hello\n", "\"a/x\": new\n", "\"b/x\": new\n"]
    #expect(try list(sample, .tree(tree, since: base)) == expected)
    #expect(try list(sample, .tree(tree, since: tree)) == [])
  }

  @Test func `are, of commits, what none of their parents has, in the order of their making`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    sample.write("one\n", to: "a")
    let first = try await sample.commit("first")
    try await sample.sh("git rm -q a && mkdir d && echo two > d/b && echo one > d/c")
    let second = try await sample.commit("second")
    #expect(
      try list(sample, .commits(second, except: [base])) == [
        "the author of \(first.short): Ada <ada@example.org>", "the message of \(first.short): first\n",
        "\"a\" in \(first.short): one\n", "the message of \(second.short): second\n",
        "\"d/b\" in \(second.short): two\n", "\"d/c\" in \(second.short)",
      ])
    #expect(try list(sample, .commits(base, except: [second])) == [])
  }

  @Test func `are, of a merge, what was made while merging`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    try await sample.sh(
      "git switch -qc side && echo theirs > t && git add t && git commit -qm theirs && git switch -q main")
    try await sample.sh(
      "echo ours > o && git add o && git commit -qm ours && git merge -q --no-commit side && echo made > m && git add m && git commit -qm merge"
    )
    let merge = try await sample.id("rev-parse HEAD")
    let files = try list(sample, .commits(merge, except: [base])).filter { $0.hasPrefix("\"") }
    #expect(Set(files.map { $0.prefix(3) }) == ["\"t\"", "\"o\"", "\"m\""])
    #expect(files.contains("\"m\" in \(merge.short): made\n"))
    let own = try list(
      sample,
      .commits(merge, except: [base, try await sample.id("rev-parse HEAD^1"), try await sample.id("rev-parse HEAD^2")]))
    #expect(own.filter { $0.hasPrefix("\"") } == ["\"m\" in \(merge.short): made\n"])
  }

  @Test func `are, of what is not pushed, what no branch of that remote has been seen to have`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    let next = try await sample.commit("next")
    try await sample.sh("git update-ref refs/remotes/origin/x \(base)")
    let unpushed = try list(sample, .unpushed(next, remote: "origin"))
    #expect(unpushed == ["the author of \(next.short): Ada <ada@example.org>", "the message of \(next.short): next\n"])
    #expect(try list(sample, .unpushed(next, remote: "other")).count > unpushed.count)
  }

  @Test func `are all that any reference leads to, its name included`() async throws {
    let sample = try await Sample()
    try await sample.sh(
      """
      echo stashed > README && git stash -q && git tag -a v1 -m 'tag of it' && git tag of-tree 'HEAD^{tree}'
      git update-ref refs/odd $(echo blob | git hash-object -w --stdin) && git notes add -m noted
      git switch -q --detach && echo detached > d && git add d && git commit -qm detached
      """)
    let all = try list(sample, .everything).joined(separator: "\n")
    for text in [
      "the name \"refs/stash\"", ": stashed\n", "the tag \"refs/tags/v1\": object ", "tag of it", "refs/tags/of-tree",
      "\"refs/odd\": blob", ": noted\n", ": detached\n", "the name \"refs/notes/commits\"",
    ] { #expect(all.contains(text), "\(text)") }
    #expect(all.split(separator: ": hello\n").count == 2)
  }

  @Test func `name those that are not here`() async throws {
    let sample = try await Sample()
    let id = try await sample.id("rev-parse HEAD:README").text
    try await sample.sh("rm -f .git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    #expect(try list(sample, .everything).contains { $0.hasPrefix("\"README\" in ") && $0.hasSuffix(": (missing)") })
  }

  @Test func `end where folders are nested deeper than any disk could have them`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD^{tree}")
    let tree = try await sample.id(
      """
      --version > /dev/null; python3 -c 'import subprocess
      id = subprocess.run(["git", "rev-parse", "HEAD^{tree}"], capture_output=True, text=True).stdout.strip()
      import hashlib, os, zlib
      for _ in range(3000):
          content = b"40000 d\\0" + bytes.fromhex(id)
          data = b"tree %d\\0" % len(content) + content
          id = hashlib.sha1(data).hexdigest()
          os.makedirs(".git/objects/" + id[:2], exist_ok=True)
          open(".git/objects/" + id[:2] + "/" + id[2:], "wb").write(zlib.compress(data))
      print(id)' | tail -1
      """)
    let items = try list(sample, .tree(tree, since: base))
    #expect(items.count == 1)
    #expect(items.first?.hasSuffix(": (nestedTooDeep)") == true)
  }

  @Test func `are found for names that are no text or hold a line break`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD^{tree}")
    try await sample.sh("printf x > \"$(printf 'a\\nb')\" && printf y > \"$(printf 'c\\377')\" && git add -A")
    let tree = try await sample.id("write-tree")
    #expect(try list(sample, .tree(tree, since: base)) == ["\"a\nb\": x", "\"c\u{fffd}\": y"])
  }
}

@Suite struct `What git leaves out` {
  @Test func `is what is ignored, unless something of it is tracked`() async throws {
    let sample = try await Sample()
    try await sample.sh(
      "mkdir -p out/kept new && touch out/kept/a out/b new/c && printf 'out/\\n*.log\\n' > .gitignore && touch x.log y.log"
    )
    try await sample.sh("git add -f out/kept/a x.log")
    let objects = try GitObjects(at: sample.root)
    func isLeftOut(_ name: String, _ isFolder: Bool = false) -> Bool {
      objects.leavesOut("\(sample.root)/\(name)", isFolder: isFolder)
    }
    #expect(!isLeftOut("out", true) && !isLeftOut("out/kept", true) && !isLeftOut("out/kept/a"))
    #expect(isLeftOut("out/b") && isLeftOut("y.log") && !isLeftOut("x.log"))
    #expect(!isLeftOut("new", true) && !isLeftOut("new/c") && !objects.leavesOut("/elsewhere", isFolder: false))
  }
}
