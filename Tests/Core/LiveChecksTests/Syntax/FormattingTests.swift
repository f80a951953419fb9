import Testing

@testable import LiveChecks

@Suite struct `The canonical form` {
  @Test func `has one blank between words, none at the ends of lines, and words of today`() throws {
    let source = """


      #  smoke \t
      GET   http://h/{{ id }}\t# why
        X-A :1
      X-B:
      [QueryStringParams]  #old
      a:  b\tc   # d


      [Options]
      delay :20 #wait
      variable: a = "x  y"
      { "a" : {{ n }},
        "b":  1 }
      \t
      HTTP  200
      [Captures]
      c :  header   "X  Y"  format "%Y"\tredact
      [Asserts]
      \tstatus==200
      jsonpath "$.a"   nth   -1   not   includes   "b"
      bytes == base64, aGk= ;   #
      body ==   file,  a b.txt  ;
      ```json\u{20}
        { "kept":   1 }\u{20}\u{20}
      ```\u{20}


      """
    #expect(
      try CheckFile.parse(source).formatted == """
        #  smoke
        GET http://h/{{id}} # why
        X-A: 1
        X-B:
        [Query] #old
        a: b\tc # d


        [Options]
        delay: 20 #wait
        variable: a="x  y"
        { "a" : {{n}},
          "b":  1 }

        HTTP 200
        [Captures]
        c: header "X  Y" dateFormat "%Y" redact
        [Asserts]
        status == 200
        jsonpath "$.a" nth -1 not contains "b"
        bytes == base64,aGk=; #
        body == file,a b.txt;
        ```json
          { "kept":   1 }\u{20}\u{20}
        ```

        """)
  }

  @Test(arguments: [
    ("", ""), ("\n \n", ""), ("# a", "# a\n"), ("\u{feff}GET http://h", "GET http://h\n"),
    ("GET http://h\r\n\r\n\r\n# end  \r\n\r\n", "GET http://h\n\n\n# end\n"),
    ("POST http://h\n```\na\r\n  \n```", "POST http://h\n```\na\r\n  \n```\n"),
  ]) func `ends with a line break and has no blank lines outside`(source: String, canonical: String) throws {
    #expect(try CheckFile.parse(source).formatted == canonical)
  }

  @Test(arguments: 0..<40) func `means the same, and is its own canonical form`(group: UInt64) throws {
    for seed in 0..<25 {
      var generator = FileGenerator(seed: group * 1000 + UInt64(seed))
      let source = generator.file()
      let file: CheckFile
      do {
        file = try CheckFile.parse(source)
      } catch {
        Issue.record("\(source)\n\(error)")
        return
      }
      let canonical = try CheckFile.parse(file.formatted)
      #expect(tree(canonical) == tree(file), "\(source)")
      #expect(canonical.formatted == file.formatted, "\(source)")
      #expect(comments(in: file.formatted) == comments(in: source))
    }
  }

  /// How often a number sign is the first or the last thing that counts in a line: comments, and texts alike.
  private func comments(in source: String) -> Int { source.unicodeScalars.count { $0 == "#" } }
}

@Suite struct `Warnings` {
  @Test(arguments: [
    ("[QueryStringParams]\na: b", 2, 2, "\"QueryStringParams\" is an old word; write \"Query\""),
    ("[FormParams]\na: b", 2, 2, "\"FormParams\" is an old word; write \"Form\""),
    ("[MultipartFormData]\na: b", 2, 2, "\"MultipartFormData\" is an old word; write \"Multipart\""),
    ("HTTP 200\n[Asserts]\n body includes \"a\"", 4, 7, "\"includes\" is an old word; write \"contains\""),
    ("HTTP 200\n[Captures]\na: body format \"%Y\"", 4, 9, "\"format\" is an old word; write \"dateFormat\""),
    (
      "HTTP 200\n[Asserts]\nbody not isCollection", 4, 10,
      "\"isCollection\" is an old word; write \"isList\" or \"isObject\""
    ),
    (
      "HTTP 200\n[Asserts]\nbody isDate", 4, 6,
      "\"isDate\" is an old word; write \"isIsoDate\" for a string in the form of RFC 3339"
    ),
    ("[Options]\ndelay: 500", 3, 8, "500 means 500ms; write the unit"),
    ("[Options]\nmax-time: 5", 3, 11, "5 means 5s; write the unit"),
  ]) func `say what is old and where`(rest: String, line: Int, column: Int, message: String) throws {
    let warnings = try CheckFile.parse("GET http://h\n\(rest)\n").warnings
    #expect(warnings.map(\.message) == [message])
    #expect(warnings.map { [$0.place.line, $0.place.column] } == [[line, column]])
  }

  @Test func `are none for what is written as today, and one for a file without requests`() throws {
    let source =
      "GET http://h\n[Query]\na: b\n[Options]\ndelay: 5s\nretry: 3\nHTTP 200\n[Asserts]\nbody contains \"includes\""
    #expect(try CheckFile.parse(source).warnings.isEmpty)
    #expect(try CheckFile.parse("# nothing\n").warnings.map(\.kind) == [.noEntry])
  }

  @Test func `look like errors`() throws {
    let warnings = try CheckFile.parse("GET http://h\n[FormParams]\n").warnings
    #expect(
      warnings.map(\.description) == [
        """
        warning: Deprecated word
          --> t.hurl:2:2
           |
         2 | [FormParams]
           |  ^^^^^^^^^^ "FormParams" is an old word; write "Form"
           |
        """
      ])
  }
}
