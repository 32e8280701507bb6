internal import ArgumentParser
internal import House
internal import Logging
internal import Server
internal import Store

/// How to serve, for `serve` and `demo`.
struct ServingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The port to listen on; 0 takes any free one.", valueName: "n"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "127.0.0.1, ::1 or localhost. Any other is refused until the program has sign-in.", valueName: "address"))
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
    func check() throws { _ = try LoopbackAddress(address) }

    func serve(_ tools: Tools, logging level: Logger.Level, whenListening: @escaping @Sendable (String) -> Void)
        async throws
    {
        var logger = Logger(label: "eyhub")
        logger.logLevel = logLevel.flatMap { Logger.Level(rawValue: $0) } ?? level
        var configuration = ServerConfiguration(address: try LoopbackAddress(address), port: port, logger: logger)
        configuration.hostNames = hostNames
        configuration.fonts = assets
        try await Server.serve(configuration, tools: tools, rooms: Rooms.all(tools), whenListening: whenListening)
        await tools.database.close()
    }
}
