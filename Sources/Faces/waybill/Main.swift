import Console
import Glibc
import Processes

/// The program's entry: the first thread arms the process, starts the work on others, and then only waits for signals.
@main
enum Main {
  static func main() {
    ProcessSafety.arm()
    let work: Task<Void, Never> = Task { @concurrent in
      exit(await Waybill.end())
    }
    Interrupts.serve(cancelling: work)
  }
}
