public import House
internal import Hummingbird
internal import Logging
public import Mail
internal import NIOCore
internal import ServiceLifecycle
internal import Store
internal import UnixSignals

/// Serves until the process is told to stop (SIGTERM or SIGINT); what has begun by then is finished, for up to ten seconds.
///
/// `whenListening` is told the address once requests are taken. Throws `ServeRefusal` when the port cannot be had.
public func serve(
    _ configuration: ServerConfiguration, tools: Tools, rooms: Rooms, mail: MailConfiguration? = nil,
    whenListening: @escaping @Sendable (String) -> Void
) async throws {
    let application = try buildApplication(
        configuration: configuration, tools: tools, rooms: rooms.all, doorkeeper: rooms.doorkeeper, whenListening: whenListening)
    let logger = configuration.logger
    let postman = Postman(
        database: tools.database, route: mail.map { MailRoute.smtp($0) }, clock: tools.clock, name: tools.ids.next(),
        report: { event in
            if event.isTrouble { logger.warning("mail", metadata: ["event": "\(event)"]) }
        })
    let jobs: [any Service] = rooms.all.flatMap(\.jobs).map { JobService(job: $0, logger: logger) }
    var services: [any Service] = [MailService(postman: postman)] + jobs + [application]
    if let certificate = configuration.certificate {
        services.insert(CertificateWatch(holder: certificate, clock: tools.clock, logger: logger), at: 0)
    }
    OpenFiles.raise()
    var group = ServiceGroupConfiguration(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: application.logger)
    // A letter whose text is with the mail server already is waited for: nobody could know otherwise whether it left.
    group.maximumGracefulShutdownDuration = .seconds(mail == nil ? 10 : 90)
    do {
        try await ServiceGroup(configuration: group).run()
    } catch let error as IOError {
        throw ServeRefusal.port(configuration.port, of: configuration.address, error: error.errnoCode)
    }
}

/// Sends the mail while the server serves.
private struct MailService: Service {
    let postman: Postman

    func run() async throws { await cancelWhenGracefulShutdown { await postman.run() } }
}

/// Does a room's own work again and again while the server serves.
private struct JobService: Service {
    let job: Job
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // The wait comes first: a program that is only started and stopped does nothing of its own.
            while (try? await Task.sleep(for: .seconds(job.pause))) != nil {
                do { try await job.work() } catch {
                    if Task.isCancelled { return }
                    let detail = (error as? StoreError)?.detail ?? "\(type(of: error))"
                    logger.warning("job", metadata: ["job": "\(job.name)", "error": "\(detail)"])
                }
            }
        }
    }
}
