import DeliveryLoop
import Engine
import Foundation
import Glibc
import Processes
import Support
import Testing

@Suite struct `A service` {
  @Test func `that ends at once is reported with its last words`() async throws {
    var shape = Project.Shape()
    shape.service = "echo no config found; exit 7"
    shape.attempts = 1
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1)
    #expect(text.contains("the service exited with 7 before it was ready"))
    #expect(text.contains("│ no config found"))
  }

  @Test func `that never gets ready is stopped with all that it started`() async throws {
    var shape = Project.Shape()
    shape.service = "trap \"\" TERM; sleep 600 & setsid sleep 601 & while true; do sleep 1; done"
    shape.within = "500ms"
    shape.attempts = 1
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains("the service was not ready within 0.5 seconds: nobody listened on port \(project.port)"))
    #expect(project.leftovers().isEmpty)
  }

  @Test func `that ignores SIGTERM and forks leaves no process and no port`() async throws {
    var shape = Project.Shape()
    shape.service = "trap \"\" TERM; (setsid sleep 600 &) ; sh -c \"trap : TERM; sleep 601\" & python3 service.py"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(project.leftovers().isEmpty)
    #expect(try SystemServices().holder(of: project.port) == nil)
  }

  @Test func `finds its port taken by a stranger, who is named and left alone`() async throws {
    let project = try await Project()
    let services = SystemServices()
    let stranger = try await services.start(
      Command(.shell("exec python3 service.py"), in: project.root, environment: project.environment),
      port: project.port, output: Collector())
    while try services.holder(of: project.port) == nil { try await ContinuousClock().sleep(for: .milliseconds(10)) }
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5)
    #expect(text.contains("port \(project.port) is taken by process \(stranger.pid) ("))
    #expect(text.contains("service.py), which is not ours and was left alone"))
    #expect(services.isRunning(stranger))
    try await services.stop(stranger, grace: .seconds(5))
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
  }

  @Test func `is not taken for a stranger who was faster at the port`() async throws {
    var shape = Project.Shape()
    shape.service = "touch ../starting; exec sleep 300"
    shape.within = "300s"
    let project = try await Project(shape)
    let stranger = try Harness(
      project, running: "until test -e ../starting; do sleep 0.02; done; exec python3 service.py")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("port \(project.port) was taken by process \(stranger.pid) ("), "\(text)")
    #expect(try SystemServices().holder(of: project.port)?.pid == stranger.pid, "it is left alone")
    kill(stranger.pid, SIGKILL)
    #expect(try await stranger.end() == .killed)
    #expect(project.leftovers().isEmpty)
  }

  /// In the time between, a system that is busy shows a process whose sockets are closed already.
  @Test(arguments: [0, 0.3]) func `that dies during the validation fails it`(pause: Double) async throws {
    var shape = Project.Shape()
    shape.files["service.py"] = """
      import http.server, os, socket, sys, time
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              if self.path != "/healthz":
                  self.server.socket.close()
                  self.connection.shutdown(socket.SHUT_RDWR)
                  time.sleep(\(pause))
                  os._exit(3)
              self.send_response(200)
              self.send_header("Content-Length", "0")
              self.end_headers()
      http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
      """
    shape.attempts = 1
    shape.service = "exec python3 service.py $PORT"
    let project = try await Project(shape)
    try await project.sh(
      "sed -i \"s/.PORT/\(project.port)/\" waybill.yaml && git commit -qam port && git push -q origin main")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains("the service ended while \"validations/hello.hurl\" ran"))
  }

  @Test func `elsewhere that cannot be asked makes the run wait and not fail`() async throws {
    var shape = Project.Shape()
    shape.service = nil
    let port = Ports.next()
    shape.files["validations/hello.hurl"] = "GET http://127.0.0.1:\(port)/\nHTTP 200\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 3, "\(text)")
    #expect(text.contains("\"validations/hello.hurl\" could not be asked"))
    #expect(try await project.waybill("why", "--json").text.contains(#""reason":"inconclusive""#))
  }
}
