// swift-tools-version: 6.2
import PackageDescription

// One list of settings for every Swift target. The C-facing adapters speak to C pointers on
// every line, so strict memory safety is asked of all the others.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
let safe: [SwiftSetting] = strict + [.strictMemorySafety()]

func room(_ room: String, _ name: String, _ dependencies: [Target.Dependency] = [], facingC: Bool = false) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(room)/\(name)",
    swiftSettings: facingC ? strict : safe)
}

func clang(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/Adapters/CModules/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func tests(_ room: String, _ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, path: path ?? "Tests/\(room)/\(name)Tests",
    swiftSettings: strict)
}

let package = Package(
  name: "waybill",
  targets: [
    // MARK: Core: decides
    room("Core", "JSONText"),
    room("Core", "Redaction", ["JSONText"]),
    room("Core", "LiveChecks", ["JSONText"]),
    room("Core", "DeliveryLoop", ["JSONText", "Redaction"]),

    // MARK: Engine: does
    .target(
      name: "Engine", dependencies: ["DeliveryLoop", "JSONText", "LiveChecks", "Redaction"], path: "Sources/Engine",
      swiftSettings: safe),

  ]
)
