// swift-tools-version:6.2
import PackageDescription

// The compiler polices the walls between rooms: see docs/decisions/0001-rooms.md.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")

/// One room of the house: a library with its tests in a folder of the same name.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, exclude: excluding, swiftSettings: strict)
}

let package = Package(
    name: "eyhub",
    products: [.executable(name: "eyhub", targets: ["eyhub"])],
    dependencies: [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: ["FullFoundation"]),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMemory", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CPictures", linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png16")]),
        room("Civil"),
        // Drawing areas is arithmetic by the million: unoptimised it is forty times slower, so tests and debug runs get it optimised too.
        .target(name: "Planning", exclude: ["README.md"], swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        room("Files", ["CZlib"]),
        room("Store", ["Civil", "CPostgres", "CMemory", grdb, sqlite]),
        room("Mail", ["Civil", "CCurl", "Store"]),
        // Going over every point of a photo is slow work unoptimised, so tests and debug runs get it optimised too.
        .target(
            name: "Pictures", dependencies: ["Civil", "Store", "CPictures"], exclude: ["README.md"],
            swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        room("Safekeeping", ["Civil", "Files", "Store"]),
        .target(name: "CPageAssets"),
        .target(name: "CCommonPassphrases", exclude: ["README.md", "words.txt"]),
        .target(name: "Page", dependencies: ["CPageAssets", "CQRencode"], exclude: ["Assets", "README.md"], swiftSettings: strict),
        room("House", ["Civil", "Store", "Page"]),
        room("Directory", ["Civil", "Planning", "Files", "Store", "Pictures", "Page", "House"]),
        room("Identity", ["CCommonPassphrases", "Civil", "Files", "Store", "Page", "House", crypto, cryptoExtras]),
        room("HubNetwork", ["Civil", "Planning", "Files", "Store", "Pictures", "Page", "House", "Directory", "Identity", crypto]),
        room(
            "Server",
            [
                "Civil", "Store", "Pictures", "Page", "House", "Directory", "Identity", "HubNetwork", "Mail", hummingbird, hummingbirdCore,
                logging, lifecycle, signals,
                httpTypes,
                nio, nioPosix, nioSSL,
            ]),
        .executableTarget(
            name: "eyhub",
            dependencies: [
                "Civil", "Planning", "Files", "Store", "Safekeeping", "Page", "House", "Directory", "Identity", "HubNetwork", "Mail",
                "Server", "CMemory",
                arguments,
                logging,
            ],
            exclude: ["README.md"], swiftSettings: strict),
        tests(of: "Civil", ["Civil"]),
        tests(of: "Planning", ["Planning"]),
        .testTarget(name: "FilesTests", dependencies: ["Files"], resources: [.copy("Fixtures")], swiftSettings: strict),
        .target(
            name: "StoreTestKit", dependencies: ["Civil", "Store"], path: "Tests/StoreTestKit", swiftSettings: strict),
        tests(of: "Store", ["Store", "Civil", "StoreTestKit"]),
        // Posts mail as a process of its own, so that a test can kill it at the worst moment.
        .executableTarget(
            name: "MailTestChild", dependencies: ["Civil", "Mail", "Store"], path: "Tests/MailTestChild",
            swiftSettings: strict),
        tests(
            of: "Mail", ["Mail", "Store", "Civil", "StoreTestKit", "TestKit", "MailTestChild", "House", "Identity", "Server"],
            excluding: ["Support/mail_server.py"]),
        tests(of: "Pictures", ["Pictures", "CPictures", "Store", "Civil", "StoreTestKit"]),
        tests(of: "Safekeeping", ["Safekeeping", "Store", "Files", "Civil", "StoreTestKit"]),
        .target(name: "TestKit", path: "Tests/TestKit", swiftSettings: strict),
        tests(of: "Page", ["Page", "TestKit"]),
        tests(
            of: "Directory",
            ["Directory", "House", "Store", "StoreTestKit", "Page", "Pictures", "Files", "Planning", "Civil", "TestKit"]),
        tests(of: "House", ["House"]),
        tests(of: "Identity", ["Identity", "House"]),
        tests(of: "HubNetwork", ["HubNetwork", "Civil", "House", "Page", "Store"]),
        tests(
            of: "Server",
            [
                "Server", "Directory", "Files", "House", "Identity", "HubNetwork", "Page", "Pictures", "Store", "Civil", "TestKit",
                "StoreTestKit",
                hummingbird, httpTypes,
                logging, nio, nioEmbedded,
            ]),
        // Runs the built program as a process, so it must be built before.
        tests(of: "eyhub", ["eyhub", "Civil", "Identity", "Server", "Store", "StoreTestKit", "TestKit"], excluding: ["Snapshots"]),
    ]
)
