import Testing

@testable import SecretRules

@Suite struct `A secret in its context` {
  /// The ways in which files and programs give a value to a name.
  static let contexts = [
    "NAME_TOKEN=VALUE", "NAME_TOKEN = VALUE", "export NAME_TOKEN='VALUE'", "NAME_TOKEN=\"VALUE\"",
    "nameToken=\"VALUE\"",
    "{\n  \"name_token\": \"VALUE\"\n}", "{\"nameToken\":\"VALUE\"}", "{\\\"name_token\\\":\\\"VALUE\\\"}",
    "name_token: VALUE", "name_token: 'VALUE'", "name_token: \"VALUE\" # a comment", "name.token=VALUE",
    "<nameToken>VALUE</nameToken>", "string nameToken = \"VALUE\";", "var nameToken string = \"VALUE\"",
    "nameToken := \"VALUE\"", "nameToken := `VALUE`", "String nameToken = \"VALUE\";", "let nameToken = 'VALUE'",
    "let nameToken: String = \"VALUE\"", "const NAME_TOKEN: &str = \"VALUE\";", "$nameToken .= \"VALUE\"",
    "$name_token = 'VALUE';", "name_token = f\"VALUE\"", "nameToken => 'VALUE'", "\"nameToken\" => \"VALUE\"",
    "NAME_TOKEN := VALUE", "NAME_TOKEN ::= VALUE", "NAME_TOKEN ?= VALUE", "name_token  =  \"VALUE\"",
    "--name-token VALUE",
    "--name-token=VALUE", "setenv(\"NAME_TOKEN\", \"VALUE\")", "config[\"name_token\"] = \"VALUE\"",
    "name-token: VALUE",
    "if (nameToken == \"VALUE\")", "https://api.example.org/?name_token=VALUE&a=b",
    "2026-01-01 INFO name_token=VALUE, ok",
    "[\"name_token\", \"VALUE\"]", "name_token=VALUE\r\n", "name_token:\tVALUE", "  - NAME_TOKEN=VALUE",
  ]

  @Test(arguments: contexts)
  func `is found wherever a value is given to a name`(context: String) {
    let value = String(decoding: SampleTemplate("{alnum:32}")?.bytes ?? [], as: UTF8.self)
    for vendor in ["", "adafruit_"] {
      let text = context.replacing("NAME", with: vendor.uppercased() + "MY").replacing("name", with: vendor + "my")
        .replacing("VALUE", with: value)
      let bytes = Array(text.utf8)
      let found = RuleSet.builtIn.findings(in: bytes)
      #expect(found.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [value], "\(text)")
    }
  }

  @Test(arguments: [
    "\"TOKEN\"", "'TOKEN'", "(TOKEN)", "<TOKEN>", "token:TOKEN,", "a\\nTOKEN\\n", "\\u001b[32mTOKEN\\u001b[0m",
    "%20TOKEN%20",
    "x=TOKEN&y=1", "TOKEN\0", "é TOKEN é", "`TOKEN`", "TOKEN.", "TOKEN;", "/TOKEN/", "bot-TOKEN", "\\x0aTOKEN",
    "|TOKEN|",
    "a@b:TOKEN@c", "{{TOKEN}}", "\t\tTOKEN\t", "\u{1b}[1mTOKEN\u{1b}[0m", "TOKEN\r\n", "_TOKEN_", "$TOKEN",
  ])
  func `is found by its format whatever stands around it`(context: String) {
    let token = String(decoding: SampleTemplate("glpat-{alnum:20}")?.bytes ?? [], as: UTF8.self)
    let bytes = Array(context.replacing("TOKEN", with: token).utf8)
    let found = RuleSet.builtIn.findings(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(found.count == 1 && found[0].contains(token), "\(found)")
  }

  @Test(arguments: [
    "NAME=${VALUE}", "NAME=$VALUE", "NAME: <VALUE>", "NAME: ${{ secrets.NAME }}", "NAME: {{ vault_name }}", "NAME=",
    "NAME=''",
    "NAME: \"\"", "NAME = os.environ['NAME']", "NAME = getenv(\"SOME_NAME_2\")", "NAME: str = None",
    "NAME: Optional[str]",
    "NAME=********", "NAME=[redacted:NAME]", "NAME=changeme", "NAME=your-token-here-12345", "NAME=xxxxxxxxxxxxxxxxxxxx",
    "NAME is not set", "NAME expired after 3600 seconds", "NAME_FILE=/run/secrets/token_2", "NAME: !vault |",
    "NAME: vault:secret/data/app#token", "NAME: arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf",
    "NAME: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "NAME=self.settings.token_v2.value",
    "NAME: app-production-database-credentials", "NAME=%NAME%", "NAME=@env.NAME",
    "NAME: https://example.org/token/12345/a",
    "NAME=true", "NAME: 1234567890123456", "NAME=my-service-name-2024", "NAME: SomeTypeName", "NAME(user1, user2, 3)",
  ])
  func `is not seen where a name has no value, or one that stands for another`(text: String) {
    for name in ["api_token", "client_secret", "password"] {
      let text = text.replacing("NAME", with: name)
      #expect(RuleSet.builtIn.findings(in: Array(text.utf8)).isEmpty, "\(text)")
    }
  }

  @Test func `of several rules has the name of the first, and all bytes that one of them finds`() {
    let bytes = SampleTemplate("https://user:ghp_{alnum:36}@github.com/o/r")?.bytes ?? []
    let found = RuleSet.builtIn.findings(in: bytes)
    #expect(found == [RuleFinding(rule: "github-personal-token", range: 13..<53)])
  }

  @Test func `that only its name gives away is left alone in logs`() {
    let bytes = SampleTemplate("api_key={alnum:32}")?.bytes ?? []
    #expect(RuleSet.forLogs.findings(in: bytes).isEmpty)
    #expect(!RuleSet.builtIn.findings(in: bytes).isEmpty)
  }
}
