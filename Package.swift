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

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "waybill",
  products: [.executable(name: "waybill", targets: ["waybill"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // MARK: Core: decides
    room("Core", "JSONText"),
    room("Core", "Codings"),
    room("Core", "Redaction", ["JSONText"]),
    room("Core", "SecretRules"),
    room("Core", "TLSPolicy", ["SecretRules"]),
    room("Core", "LiveChecks", ["Codings", "JSONText", "SecretRules"]),
    room("Core", "DeliveryLoop", ["Codings", "JSONText", "Redaction", "Transparency"]),
    room("Core", "LivePlans", ["Codings", "DeliveryLoop", "JSONText", "LiveChecks"]),
    room("Core", "CheckReports", ["Codings", "DeliveryLoop", "JSONText", "LiveChecks"]),
    room("Core", "SecretScanning", ["DeliveryLoop"]),
    room("Core", "Transparency", ["Codings"]),
    room("Core", "HistoryAudit", ["DeliveryLoop"]),
    room("Core", "Attestations", ["Codings", "DeliveryLoop", "JSONText"]),
    room("Core", "RunReports", ["Codings", "DeliveryLoop", "JSONText", "LiveChecks"]),

    // MARK: Engine: does
    .target(
      name: "Engine",
      dependencies: [
        "Attestations", "Codings", "DeliveryLoop", "HistoryAudit", "JSONText", "LiveChecks", "LivePlans", "Redaction",
        "SecretRules", "SecretScanning", "TLSPolicy", "Transparency",
      ],
      path: "Sources/Engine", swiftSettings: safe),

    // MARK: Adapters: touch
    clang("CGit2", "libgit2", "libgit2-dev"),
    clang("CCurl", "libcurl", "libcurl4-openssl-dev"),
    clang("COpenSSL", "openssl", "libssl-dev"),
    clang("CSQLite", "sqlite3", "libsqlite3-dev"),
    clang("CZstd", "libzstd", "libzstd-dev"),
    clang("CArchive", "libarchive", "libarchive-dev"),
    clang("CXML2", "libxml-2.0", "libxml2-dev"),
    .target(name: "CProcess", path: "Sources/Adapters/CModules/CProcess"),
    room("Adapters", "Hashing", ["Engine", "DeliveryLoop", "COpenSSL"], facingC: true),
    room("Adapters", "Signing", ["Engine", "COpenSSL"], facingC: true),
    room("Adapters", "Processes", ["Engine", "DeliveryLoop", "CProcess"], facingC: true),
    room("Adapters", "FileSystem", ["DeliveryLoop", "Engine", "SecretScanning"], facingC: true),
    room("Adapters", "Git", ["Engine", "DeliveryLoop", "HistoryAudit", "SecretScanning", "CGit2"], facingC: true),
    room("Adapters", "Archives", ["Engine", "SecretScanning", "CArchive"], facingC: true),
    room("Adapters", "HTTP", ["Engine", "LiveChecks", "CCurl", "COpenSSL"], facingC: true),
    room("Adapters", "XPath", ["LiveChecks", "CXML2"], facingC: true),
    room("Adapters", "Charsets", ["LiveChecks"], facingC: true),
    room(
      "Adapters", "SQLiteLedger", ["Engine", "DeliveryLoop", "JSONText", "Redaction", "CSQLite", "CZstd"], facingC: true
    ),
    room(
      "Adapters", "Backlogs", ["Engine", "DeliveryLoop", "HistoryAudit", "JSONText", "CSQLite", yams], facingC: true),
    room("Adapters", "YAMLConfiguration", ["DeliveryLoop", "LiveChecks", "TLSPolicy", "Transparency", yams]),

    // MARK: Faces: show
    room(
      "Faces", "Console",
      [
        "Attestations", "CheckReports", "Engine", "DeliveryLoop", "HistoryAudit", "JSONText", "LiveChecks", "Redaction",
        "RunReports",
        "SecretRules",
        "SecretScanning", "Archives",
        "Hashing", "Processes", "Git", "HTTP", "FileSystem", "SQLiteLedger", "Backlogs", "YAMLConfiguration",
        "Signing", "Transparency", "XPath", "Charsets",
        argumentParser,
      ]),
    .executableTarget(
      name: "waybill", dependencies: ["Console", "Processes"], path: "Sources/Faces/waybill", swiftSettings: safe),

    // MARK: Benchmarks and tests: mirror the rooms
    .executableTarget(
      name: "redaction-bench", dependencies: ["Redaction"], path: "Benchmarks/RedactionBench", swiftSettings: safe),
    .executableTarget(
      name: "rules-bench", dependencies: ["SecretRules"], path: "Benchmarks/RulesBench", swiftSettings: safe),
    .executableTarget(
      name: "ledger-bench",
      dependencies: ["SQLiteLedger", "Hashing", "Engine", "DeliveryLoop", "JSONText", "Redaction"],
      path: "Benchmarks/LedgerBench", swiftSettings: safe),
    .executableTarget(
      name: "git-bench", dependencies: ["Git", "Engine", "DeliveryLoop"], path: "Benchmarks/GitBench",
      swiftSettings: strict),
    .executableTarget(
      name: "check-bench", dependencies: ["LiveChecks"], path: "Benchmarks/CheckBench", swiftSettings: safe),
    .target(
      name: "Support", dependencies: ["Engine", "DeliveryLoop", "Processes"], path: "Tests/Support",
      swiftSettings: strict),
    tests("Core", "JSONText", ["JSONText"]),
    tests("Core", "Codings", ["Codings"]),
    tests("Core", "Attestations", ["Attestations", "Codings", "DeliveryLoop", "JSONText"]),
    tests("Core", "LiveChecks", ["Codings", "LiveChecks", "JSONText"]),
    tests("Core", "CheckReports", ["CheckReports", "DeliveryLoop", "JSONText", "LiveChecks"]),
    tests("Core", "LivePlans", ["Codings", "LivePlans", "DeliveryLoop", "JSONText", "LiveChecks"]),
    tests("Core", "DeliveryLoop", ["DeliveryLoop", "JSONText"]),
    tests("Core", "Redaction", ["Redaction", "JSONText"]),
    tests("Core", "SecretRules", ["SecretRules", "Support"]),
    tests("Core", "TLSPolicy", ["TLSPolicy"]),
    tests("Core", "SecretScanning", ["SecretScanning", "DeliveryLoop"]),
    tests("Core", "Transparency", ["Codings", "Transparency"]),
    tests("Core", "HistoryAudit", ["HistoryAudit", "DeliveryLoop"]),
    tests("Core", "RunReports", ["RunReports", "DeliveryLoop", "JSONText"]),
    tests(
      "Engine", "Engine", ["Engine", "DeliveryLoop", "JSONText", "Redaction", "SecretScanning", "Hashing"],
      path: "Tests/Engine"),
    tests("Adapters", "Hashing", ["Hashing", "Engine", "DeliveryLoop"]),
    tests("Adapters", "Backlogs", ["Backlogs", "Engine", "DeliveryLoop", "Support", "CSQLite"]),
    tests(
      "Adapters", "Signing", ["Codings", "DeliveryLoop", "Engine", "Processes", "Signing", "Support", "Transparency"]),
    tests("Adapters", "YAMLConfiguration", ["YAMLConfiguration", "DeliveryLoop"]),
    tests("Adapters", "FileSystem", ["FileSystem", "Engine", "SecretScanning", "Support"]),
    tests(
      "Adapters", "Git", ["Git", "FileSystem", "Processes", "Engine", "DeliveryLoop", "SecretScanning", "Support"]),
    tests(
      "Adapters", "Archives",
      ["Archives", "CArchive", "Processes", "Engine", "DeliveryLoop", "SecretScanning", "Support"]),
    tests("Adapters", "HTTP", ["HTTP", "Processes", "Engine", "DeliveryLoop", "LiveChecks", "Support"]),
    tests("Adapters", "XPath", ["XPath", "LiveChecks"]),
    tests("Adapters", "Charsets", ["Charsets", "LiveChecks"]),
    tests("Adapters", "Processes", ["Processes", "Engine", "DeliveryLoop", "Support"]),
    .executableTarget(
      name: "ledger-probe",
      dependencies: ["SQLiteLedger", "Hashing", "Engine", "DeliveryLoop", "Redaction", "CSQLite"],
      path: "Tests/Programs/LedgerProbe", swiftSettings: strict),
    tests(
      "Adapters", "SQLiteLedger",
      [
        "SQLiteLedger", "Hashing", "Engine", "DeliveryLoop", "JSONText", "Redaction", "Support", "CSQLite",
        "ledger-probe",
      ]),
    // The program with crash points in it, the schedules that kill it, and the oracle that looks at what is left.
    .target(
      name: "CrashPoints", dependencies: ["Engine", "DeliveryLoop", "LiveChecks", "Redaction"],
      path: "Tests/Torture/CrashPoints",
      swiftSettings: strict),
    .executableTarget(
      name: "waybill-crashing", dependencies: ["Console", "CrashPoints", "DeliveryLoop", "Processes"],
      path: "Tests/Torture/Crashing", swiftSettings: strict),
    .target(
      name: "Schedules",
      dependencies: ["CrashPoints", "DeliveryLoop", "Engine", "Hashing", "Processes", "SQLiteLedger", "Support"],
      path: "Tests/Torture/Schedules", swiftSettings: strict),
    .executableTarget(
      name: "torture", dependencies: ["Schedules", "CrashPoints"], path: "Tests/Torture/Run", swiftSettings: strict),
    tests(
      "Torture", "Torture", ["Schedules", "CrashPoints", "waybill-crashing"], path: "Tests/Torture/TortureTests"),
    tests(
      "Faces", "Console", ["Console", "Engine", "DeliveryLoop", "JSONText", "Redaction"]),
    tests("Architecture", "Architecture", [], path: "Tests/Architecture"),
    tests(
      "EndToEnd", "EndToEnd",
      ["waybill", "DeliveryLoop", "Engine", "FileSystem", "JSONText", "Processes", "RunReports", "Support"],
      path: "Tests/EndToEnd"),
  ]
)
