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

    @OptionGroup var tls: TLSOptions

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

    /// Where people reach it by what was said, without a slash at its end.
    var outside: String? {
        (publicURL ?? Surroundings.publicURL).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// Where people reach it: as was said, else by the certificate's own name when others can reach it at all.
    func outside(with certificate: ServingCertificate?) throws -> String? {
        guard let certificate else { return outside }
        guard let outside else {
            if try ServingAddress(address).isLoopback { return nil }
            return certificate.firstName.map { "https://\($0)\(port == 443 ? "" : ":\(port)")" }
        }
        guard outside.hasPrefix("https://") else {
            throw Refused("With a certificate --public-url begins with https://: \(outside) does not.")
        }
        let host = outside.dropFirst("https://".count).prefix { !":/".contains($0) }
        guard certificate.isFor(String(host)) else {
            throw Refused(
                "The certificate is for \(certificate.names.isEmpty ? "no name" : certificate.names.joined(separator: ", ")), not for \(host) (--public-url): browsers would warn of it."
            )
        }
        return outside
    }

    /// What stands in the links of letters: the address people use, else that of this machine.
    var linkAddress: String { outside ?? "http://127.0.0.1:\(port)" }

    func serve(
        _ tools: Tools, database: String, certificate: CertificateHolder?, isDemo: Bool = false, logging level: Logger.Level,
        whenListening: @escaping @Sendable (String) -> Void
    ) async throws {
        let listen = try ServingAddress(address)
        let outside = try outside(with: certificate?.certificate)
        try PublicServing.check(
            listen, publicURL: outside, hasSecretKey: Surroundings.secretKey != nil,
            hasAdministrator: try await Administrators.exist(in: tools.database))
        try await KeyHealth(address: database).check(tools.database)
        let rooms = Rooms(
            tools, secrets: try SecretKey.box(database: database), isSecure: certificate != nil || outside?.hasPrefix("https://") == true,
            isDemo: isDemo)
        var logger = Logger(label: "eyhub")
        logger.logLevel = logLevel.flatMap { Logger.Level(rawValue: $0) } ?? level
        var configuration = ServerConfiguration(address: listen, port: port, logger: logger)
        configuration.hostNames = hostNames + (outside.map { [String($0.drop { $0 != "/" }.dropFirst(2))] } ?? [])
        // Who speaks TLS stands in front of all: nobody else's word about the asker's address counts.
        configuration.isBehindProxy = outside != nil && certificate == nil
        configuration.certificate = certificate
        configuration.fonts = assets
        try await Server.serve(
            configuration, tools: tools, rooms: rooms, mail: isDemo ? nil : try Surroundings.mail(), whenListening: whenListening)
        await tools.database.close()
    }
}
