public import House
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle
internal import UnixSignals

/// Serves until the process is told to stop (SIGTERM or SIGINT); what has begun by then is finished, for up to ten seconds.
///
/// `whenListening` is told the address once requests are taken. Throws `ServeRefusal` when the port cannot be had.
public func serve(
    _ configuration: ServerConfiguration, tools: Tools, rooms: Rooms,
    whenListening: @escaping @Sendable (String) -> Void
) async throws {
    let application = try buildApplication(
        configuration: configuration, tools: tools, rooms: rooms.all, doorkeeper: rooms.doorkeeper, whenListening: whenListening)
    var group = ServiceGroupConfiguration(
        services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: application.logger)
    group.maximumGracefulShutdownDuration = .seconds(10)
    do {
        try await ServiceGroup(configuration: group).run()
    } catch let error as IOError {
        throw ServeRefusal(
            """
            Port \(configuration.port) of \(configuration.address) cannot be used (error \(error.errnoCode)): \
            another program may be using it, or this machine has no such address. Choose another with --port.
            """)
    }
}
