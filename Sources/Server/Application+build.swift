package import House
package import Hummingbird
internal import HummingbirdCore
package import Identity
internal import Logging

/// The server, wired but not running. The server command and the tests both come through here.
package typealias EyhubApplication = Application<RouterResponder<WebContext>>

/// Puts the rooms together over HTTP.
///
/// Throws when two routes want the same address.
package func buildApplication(
    configuration: ServerConfiguration, tools: Tools, rooms: [any Room], doorkeeper: Doorkeeper,
    whenListening: @escaping @Sendable (String) -> Void = { _ in }
) throws -> EyhubApplication {
    let meter = Meter()
    let roomRoutes = rooms.flatMap(\.routes)
    let own = OwnRoutes(
        tools: tools, migrations: rooms.flatMap(\.migrations), meter: meter, fonts: Fonts(folder: configuration.fonts))
    let table = try RouteTable(own.all(describing: roomRoutes) + roomRoutes)
    let port = BoundPort(configuration.port)
    let counter = RequestCounter(address: configuration.addressAllowance, session: configuration.sessionAllowance)
    let gate = Gate(doorkeeper: doorkeeper, tools: tools, proxy: configuration.isBehindProxy, counter: counter)

    let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
    // Outermost first. The headers stand outside the error pages, so that these carry them too.
    router.add(middleware: RequestLog(logger: configuration.logger, table: table))
    router.add(middleware: CountAnswers(meter: meter, table: table))
    router.add(middleware: SecurityHeaders(isSecure: doorkeeper.isSecure))
    router.add(middleware: ErrorPages(tools: tools, logger: configuration.logger, table: table, gate: gate))
    router.add(middleware: RequestLimit(counter: counter, gate: gate))
    router.add(middleware: HostGuard(hostNames: configuration.hostNames, port: port, isTLS: configuration.certificate != nil))
    router.add(middleware: CrossSiteGuard(table: table))
    table.add(
        to: router,
        reader: RequestReader(
            uploadBytes: configuration.uploadBytes, limits: configuration.connections, gate: gate))
    try router.validate()

    var quiet = configuration.logger
    quiet.logLevel = max(quiet.logLevel, .warning)
    return Application(
        responder: router.buildResponder(),
        server: HTTPServerBuilder { responder in
            ServingChannel(
                responder: responder, limits: configuration.connections, certificate: configuration.certificate,
                isBehindProxy: configuration.isBehindProxy)
        },
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.address.host, port: configuration.port),
            availableConnectionsDelegate: .maximum(configuration.connections.total, logger: quiet)),
        onServerRunning: { channel in
            if let number = channel.localAddress?.port { port.number = number }
            whenListening("\(configuration.certificate == nil ? "http" : "https")://\(configuration.address):\(port.number)")
        },
        logger: quiet)
}
