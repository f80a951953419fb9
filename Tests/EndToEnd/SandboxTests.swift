import Foundation
import Testing

@Suite struct `The sandbox` {
  @Test func `delivers its first task in a folder of any name, and asks it again in another working tree`() async throws
  {
    let project = try await Project()
    let folder = project.folder + "/a \"b\": {c}, #d"
    let made = try await project.waybill("sandbox", folder)
    #expect(made.status == 0 && made.text.contains("delivered list-nodes"), "\(made.text)")
    let replay = try await project.waybill("-C", folder + "/clone", "replay", "--live")
    #expect(replay.status == 0 && replay.text.contains("reproduced"), "\(replay.text)")
    let again = try await project.waybill("sandbox", folder)
    #expect(again.status == 2 && again.text.contains("is not empty"), "\(again.text)")
  }
}
