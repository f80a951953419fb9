import Foundation
import Testing

/// Attestations in the hands of programs that are not ours: openssl, securesystemslib and in-toto-verify.
@Suite struct `An attestation` {
  /// Bundle, links, layout and public key of a delivery.
  private func attested() async throws -> Anchored {
    let anchored = try await Anchored()
    try await anchored.deliver()
    let (status, text) = try await anchored.project.waybill(
      "attest", "-o", "../bundle.intoto.jsonl", "--links", "../links", "--layout", "../root.layout")
    #expect(status == 0 && text.contains("4 statements"), "\(text)")
    try anchored.project.write(try await anchored.project.waybill("keys", "show", "--pem").text, to: "../public.pem")
    return anchored
  }

  private static let verifiers =
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../.build/verifiers").standardized
    .path()

  private static let inToto =
    "PYTHONPATH=\(verifiers) python3 \(verifiers)/bin/in-toto-verify --layout ../root.layout "
    + "--verification-keys ../public.pem --link-dir ../links"

  /// Checks each line of a bundle by securesystemslib and by openssl, and the proof of inclusion by itself.
  private static let check = """
    import base64, hashlib, json, subprocess, sys
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import SSlibKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    bundle, pem, kind = sys.argv[1:]
    key = SSlibKey.from_crypto(load_pem_public_key(open(pem, "rb").read()))
    types = []
    for line in open(bundle):
        envelope = Envelope.from_dict(json.loads(line))
        assert list(envelope.verify([key], 1)) == [key.keyid]
        open("../pae", "wb").write(envelope.pae())
        open("../sig", "wb").write(base64.b64decode(json.loads(line)["signatures"][0]["sig"]))
        if kind == "ed25519":
            subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin", "-in", "../pae", "-sigfile", "../sig"], check=True, stdout=subprocess.DEVNULL)
        else:
            subprocess.run(["openssl", "dgst", "-sha256", "-verify", pem, "-signature", "../sig", "../pae"], check=True, stdout=subprocess.DEVNULL)
        statement = json.loads(envelope.payload)
        assert statement["_type"] == "https://in-toto.io/Statement/v1"
        head = subprocess.check_output(["git", "rev-parse", "HEAD", "HEAD^{tree}"], text=True).split()
        assert [subject["digest"] for subject in statement["subject"]] == [{"gitCommit": head[0]}, {"gitTree": head[1]}]
        types.append(statement["predicateType"].split(":")[-2 if "urn" in statement["predicateType"] else -1].split("/")[-2 if "in-toto" in statement["predicateType"] else -1])
    assert types == ["test-result", "test-result", "scai", "delivery"], types
    log = statement["predicate"]["log"]
    h = lambda text: base64.b64decode(text)
    node, place, last = h(log["leaf"]), log["index"], log["size"] - 1
    for step in map(h, log["inclusionProof"]):
        if place & 1 or place == last:
            node = hashlib.sha256(b"\\1" + step + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\\1" + node + step).digest()
        place, last = place >> 1, last >> 1
    assert last == 0 and node == h(log["root"])
    note = subprocess.check_output(["git", "-C", "../remote.git", "notes", "--ref=delivery", "show", "main"], text=True)
    assert note.splitlines()[:3] == [log["origin"], str(log["size"]), log["root"]]
    """

  private static func checking(_ bundle: String, _ pem: String, _ kind: String) -> String {
    "PYTHONPATH=\(verifiers) python3 ../check.py \(bundle) \(pem) \(kind)"
  }

  @Test func `is accepted by openssl, by securesystemslib and by in-toto-verify`() async throws {
    let project = try await attested().project
    try project.write(Self.check, to: "../check.py")
    try await project.sh(Self.checking("../bundle.intoto.jsonl", "../public.pem", "ed25519"))
    try await project.sh(Self.inToto)
    #expect(
      try await project.sh("ls ../links | sed 's/[.].*//' | tr '\\n' ' '")
        == "close format live-validate push secret-scan test")
    // The same once more, but for nothing: it holds no clock of its own.
    #expect(try await project.waybill("attest", "-o", "../again").status == 0)
    try await project.sh("cmp ../again ../bundle.intoto.jsonl")
  }

  @Test func `by a key on P-256 is accepted as well`() async throws {
    let project = try await attested().project
    try project.write(Self.check, to: "../check.py")
    try await project.sh(
      """
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ../p256.pem
      openssl pkey -in ../p256.pem -pubout -out ../p256.pub
      """)
    let made = try await project.waybill("attest", "--p256", "../p256.pem", "-o", "../p256.jsonl")
    #expect(made.status == 0, "\(made.text)")
    try await project.sh(Self.checking("../p256.jsonl", "../p256.pub", "ecdsa"))
  }

  @Test(arguments: [
    // In the payload, the signature, the key's id and the type of the payload.
    #"e["payload"] = base64.b64encode(base64.b64decode(e["payload"]).replace(b"PASSED", b"FAILED")).decode()"#,
    #"e["signatures"][0]["sig"] = "A" + e["signatures"][0]["sig"][1:] if e["signatures"][0]["sig"][0] != "A" else "B" + e["signatures"][0]["sig"][1:]"#,
    #"e["signatures"][0]["keyid"] = "0" * 64"#, #"e["payloadType"] = "text/plain""#, #"e["signatures"] = []"#,
  ])
  func `that was tampered with is refused by securesystemslib`(change: String) async throws {
    let project = try await attested().project
    try project.write(Self.check, to: "../check.py")
    try project.write(
      """
      import base64, json
      lines = [json.loads(line) for line in open("../bundle.intoto.jsonl")]
      e = lines[0]
      \(change)
      open("../bad.jsonl", "w").write("".join(json.dumps(line) + "\\n" for line in lines))
      """, to: "../change.py")
    try await project.sh("python3 ../change.py")
    let said = try await project.sh("\(Self.checking("../bad.jsonl", "../public.pem", "ed25519")) 2>&1 || echo refused")
    #expect(said.hasSuffix("refused"), "\(said)")
  }

  @Test(arguments: [
    "rm ../links/test.*", "cp ../links/format.* $(ls ../links/test.*)",
    "sed -i 's/\"payload\":\"e/\"payload\":\"f/' ../links/push.*",
    "sed -i 's/\"sig\":\"./\"sig\":\"/' ../links/close.*",
    "sed -i 's/\"payload\":\"e/\"payload\":\"f/' ../root.layout",
    "openssl genpkey -algorithm ED25519 | openssl pkey -pubout -out ../public.pem",
  ])
  func `whose links or layout were tampered with is refused by in-toto-verify`(change: String) async throws {
    let project = try await attested().project
    try await project.sh(change)
    let said = try await project.sh("\(Self.inToto) 2>&1 || echo refused")
    #expect(said.hasSuffix("refused"), "\(said)")
  }

  /// Links of two deliveries do not make one: what one has tested the other has not pushed.
  @Test func `made up of two deliveries is refused by in-toto-verify`() async throws {
    let anchored = try await attested()
    let project = anchored.project
    try await anchored.deliver("second")
    #expect(try await project.waybill("attest", "second", "-o", "../second", "--links", "../others").status == 0)
    try await project.sh("cp ../others/test.* ../links/")
    let said = try await project.sh("\(Self.inToto) 2>&1 || echo refused")
    #expect(said.hasSuffix("refused"), "\(said)")
  }

  @Test func `of a layout that has expired is refused by in-toto-verify`() async throws {
    let project = try await attested().project
    let old = try await project.waybill("attest", "-o", "../x", "--layout", "../root.layout", "--expires", "2020-01-01")
    #expect(old.status == 0, "\(old.text)")
    #expect(try await project.sh("\(Self.inToto) 2>&1 || echo refused").hasSuffix("refused"))
  }

  @Test func `of a run that was given up says so and no more`() async throws {
    let anchored = try await Anchored {
      $0.implement = "echo bye >> hello.txt"
      $0.attempts = 1
    }
    let project = anchored.project
    #expect(try await project.waybill("run", "hello").status == 1)
    let failed = try await project.waybill("attest")
    #expect(failed.status == 0 && failed.text.split(separator: "\n").count == 1, "\(failed.text)")
    #expect(try await project.waybill("abandon").status == 0)
    let given = try await project.waybill("attest")
    let line = try #require(try JSONSerialization.jsonObject(with: Data(given.text.utf8)) as? [String: Any])
    let payload = try #require((line["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    let statement = String(decoding: payload, as: UTF8.self)
    #expect(statement.contains(#""result":"abandoned""#) && statement.contains(#""name":"base""#), "\(statement)")
    #expect(!statement.contains(#""push""#) && !statement.contains("PASSED"))
    let links = try await project.waybill("attest", "-o", "../x", "--links", "../links")
    #expect(links.status == 2 && links.text.contains("delivered nothing"), "\(links.text)")
  }

  @Test func `is not made of what is not there`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    func refused(_ arguments: String..., saying words: String) async throws {
      let (status, text) = try await project.waybill(["attest"] + arguments)
      #expect((status == 2 || status == 5) && text.contains(words), "\(arguments): \(text)")
    }
    try await refused(saying: "nothing has been delivered here yet")
    #expect(try await project.waybill("run", "hello", "--until", "test").status == 3)
    try await refused(saying: "is not over")
    #expect(try await project.waybill("resume").status == 0)
    #expect(try await project.waybill("replay", "--live").status == 0)
    let replay = try #require(try await project.runs()[0]["run"] as? String)
    try await refused(replay, saying: "is a replay")
    try await refused("nobody", saying: "no run")
    try await refused("hello", "-o", "/proc/x", saying: "failed to write \"/proc/x\"")
    try await refused("hello", "--p256", "../missing", saying: "there is no readable key")
    try await refused("hello", "--p256", "waybill.yaml", saying: "holds no key on the curve P-256")
    try await project.sh("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ../p384.pem")
    try await refused("hello", "--p256", "../p384.pem", saying: "holds no key on the curve P-256")
    try await refused("hello", "--expires", "soon", saying: "is no day")
    let keyless = try await project.waybill(["attest", "hello"], environment: ["WAYBILL_KEYS": "/nonexistent"])
    #expect(keyless.status == 2 && keyless.text.contains("there is no key in"), "\(keyless.text)")
  }
}
