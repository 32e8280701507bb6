internal import ArgumentParser
internal import House
internal import Identity
internal import Logging
internal import Server
internal import Store

/// How to serve, for `serve` and `demo`.
struct ServingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The port to listen on; 0 takes any free one.", valueName: "n"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "Where to listen. Any but 127.0.0.1 and ::1 needs a secret key, an administrator and --public-url.", valueName: "address"))
    var address = "127.0.0.1"

    @Option(
        help: ArgumentHelp("A folder with the fonts of the headings (WOFF2), as setup makes it.", valueName: "folder"))
    var assets: String?

    @Option(
        name: .customLong("host-name"),
        help: ArgumentHelp(
            "Another name browsers may call this server by, such as localhost:9000 at the end of a tunnel. May be repeated.",
            valueName: "name"))
    var hostNames: [String] = []

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            "Where people reach the server, such as https://hub.example.org, when a proxy stands in front. (default: $EYHUB_PUBLIC_URL)",
            valueName: "url"))
    var publicURL: String?

    @Option(
        name: .customLong("site-name"), help: ArgumentHelp("The hub's name, on top of every page.", valueName: "text"))
    var siteName = Site.standardName

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp("debug, info (each request), notice, warning or error.", valueName: "level"))
    var logLevel: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
        if let logLevel, Logger.Level(rawValue: logLevel) == nil {
            throw ValidationError("--log-level takes debug, info, notice, warning or error.")
        }
    }

    /// Says no before anything is opened or loaded.
    func check() throws { _ = try ServingAddress(address) }

    /// Where people reach it, without a slash at its end.
    var outside: String? {
        (publicURL ?? Surroundings.publicURL).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// What stands in the links of letters: the address people use, else that of this machine.
    var linkAddress: String { outside ?? "http://127.0.0.1:\(port)" }

    func serve(
        _ tools: Tools, database: String, isDemo: Bool = false, logging level: Logger.Level,
        whenListening: @escaping @Sendable (String) -> Void
    ) async throws {
        let listen = try ServingAddress(address)
        try PublicServing.check(
            listen, publicURL: outside, hasSecretKey: Surroundings.secretKey != nil,
            hasAdministrator: try await Administrators.exist(in: tools.database))
        let rooms = Rooms(
            tools, secrets: try SecretKey.box(database: database), isSecure: outside?.hasPrefix("https://") ?? false, isDemo: isDemo)
        var logger = Logger(label: "eyhub")
        logger.logLevel = logLevel.flatMap { Logger.Level(rawValue: $0) } ?? level
        var configuration = ServerConfiguration(address: listen, port: port, logger: logger)
        configuration.hostNames = hostNames + (outside.map { [String($0.drop { $0 != "/" }.dropFirst(2))] } ?? [])
        configuration.isBehindProxy = outside != nil
        configuration.fonts = assets
        try await Server.serve(
            configuration, tools: tools, rooms: rooms, mail: isDemo ? nil : try Surroundings.mail(), whenListening: whenListening)
        await tools.database.close()
    }
}
