import LiveChecks
import Testing

@Suite struct `Damaged files` {
  private static let valid = """
    # smoke
    POST http://h/{{a}}?x=1
    X-A: b # c
    [Query]
    q: {{a}}
    [Options]
    retry: 1
    location: true
    {"a": [1, {{a}}, "x{{a}}\\n"], "b": {"c": null}}
    HTTP/1.1 200
    Content-Type: application/json
    [Captures]
    id: jsonpath "$..b[?@.c == 'x' && match(@.d, '[a-z]+')]" nth 0 redact
    [Asserts]
    jsonpath "$.a" count == 3
    body matches /(?i)^a{1,3}[^b-d]\\/$/
    regex "(\\\\d+)" toInt not >= 1.5e3
    bytes == base64,aGk=;
    ```json
    text {{a}}
    ```

    GET http://h
    HTTP 200
    <a><b/></a>
    """

  @Test func `never crash the reader or the session`() throws {
    let valid = Array(Self.valid.utf8)
    _ = try CheckFile.parse(valid, name: "t")
    let spice = Array("{}[]\"`\\/<>:#\n $@?*()|0-9aé".utf8)
    var seed: UInt64 = 7
    func random(_ limit: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % limit
    }
    var parsed = 0
    for _ in 0..<1500 {
      var bytes = valid
      for _ in 0...random(3) {
        let place = random(bytes.count)
        switch random(4) {
        case 0: bytes[place] = spice[random(spice.count)]
        case 1: bytes.insert(spice[random(spice.count)], at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + random(20)))
        }
      }
      guard let file = try? CheckFile.parse(bytes, name: "t") else { continue }
      parsed += 1
      var session = CheckSession(file: file, variables: ["a": .string("\"q")])
      for _ in 0..<6 {
        guard case .send = session.next() else { continue }
        session.receive(.response(.ok("{\"a\":[1,2,3],\"b\":[{\"c\":\"x\",\"d\":\"e\"}]}", ("Location", "../x"))))
      }
      _ = session.report.json
      _ = session.report.rendering
    }
    #expect(parsed > 150)
  }
}
