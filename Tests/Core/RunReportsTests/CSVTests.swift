import RunReports
import Testing

@Suite struct `Comma-separated values` {
  @Test(arguments: [
    (["a", "b"], "a,b\r\n"), (["a,b", "c \"d\"", "e\nf", ""], "\"a,b\",\"c \"\"d\"\"\",\"e\nf\",\r\n"),
    (["=1+1", "+1", "-1", "@x"], "'=1+1,'+1,'-1,'@x\r\n"),
    (["\t=1", "\r=1"], "'\t=1,\"'\r=1\"\r\n"), ([" =1", "＝1", "1=1"], "' =1,'＝1,1=1\r\n"),
    (["=HYPERLINK(\"http://x\",\"y\")"], "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n"),
  ])
  func `keep their fields apart and calculate nothing`(fields: [String], row: String) {
    #expect(CSV.row(fields) == row)
  }
}
