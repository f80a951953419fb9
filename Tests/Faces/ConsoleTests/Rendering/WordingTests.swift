import Engine
import Testing

@testable import Console

@Suite struct `The number to end with` {
  static let errors: [(any Error, String, Console.ExitStatus)] = [
    (CancellationError(), "interrupted", .interrupted), (RemoteError.cancelled, "interrupted", .interrupted),
    (WorktreePoolError.cancelled, "interrupted", .interrupted),
    (
      RepositoryError.notARepository(path: "/x"),
      "\"/x\" is not inside a git repository; run it where your project is", .usage
    ),
    (RepositoryError.bare(path: "/x"), "\"/x\" is a bare repository; run it in a working tree", .usage),
  ]

  @Test(arguments: errors.indices) func `goes with the words of each error`(index: Int) {
    let (error, message, status) = Self.errors[index]
    #expect(Wording.of(error).message == message)
    #expect(Wording.of(error).status == status)
  }
}
