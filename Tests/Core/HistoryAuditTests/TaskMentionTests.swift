import DeliveryLoop
import HistoryAudit
import Testing

@Suite struct `Tasks in a message` {
  private let mentions = TaskMentions(["br-1", "br-1.2", "hello", "vm-status"].compactMap { TaskID($0) })

  @Test(arguments: [
    ("Add a thing (br-1)", ["br-1"]), ("br-1.2: more", ["br-1.2"]), ("see br-1.", ["br-1"]), ("br-10 and xbr-1", []),
    ("br-1-x br-1.3", []), ("say hello", []), ("hello: say it", ["hello"]), ("say it (hello)", ["hello"]),
    ("Subject\n\nTask-Id: hello\nReviewed-by: hello", ["hello"]), ("Subject\n\nhello: no trailer", []),
    ("#hello [vm-status]", ["hello", "vm-status"]), ("VM-STATUS", []), ("é-br-1", []), ("", []),
  ])
  func `are found as words, and ordinary words only where they are marked`(message: String, ids: [String]) {
    #expect(mentions.tasks(in: message).map(\.text).sorted() == ids, "\(message)")
  }
}
