import Civil
import Dispatch
import Glibc
import House
import Hummingbird
import Logging
import Store
import StoreTestKit
import Synchronization

@testable import Identity
@testable import Server

/// The server with a socket, at a free port of this machine.
enum LiveHouse {
    static func with<T: Sendable>(
        _ configure: (inout ServerConfiguration) -> Void, while body: @Sendable @escaping (Int) async throws -> T
    ) async throws -> T {
        let database = try Databases.open("sqlite::memory:")
        try await database.migrate(Rooms.migrations, clock: TestEngine.clock)
        let tools = Tools(
            database: database, clock: TestEngine.clock, ids: .seeded(1, at: TestEngine.clock.now),
            site: Site(name: "Test hub", doors: Rooms.doors))
        var configuration = ServerConfiguration(port: 0, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        configure(&configuration)
        let doorkeeper = Doorkeeper(
            book: Rooms.placeBook(tools), clock: tools.clock, box: SecretBox(secret: "a secret key of the tests"), isSecure: false)
        let (addresses, told) = AsyncStream.makeStream(of: String.self)
        let application = try buildApplication(
            configuration: configuration, tools: tools, rooms: [OddRoom()], doorkeeper: doorkeeper, whenListening: { told.yield($0) })
        return try await withThrowingTaskGroup { group in
            group.addTask { try? await application.run() }
            for await address in addresses {
                let port = address.split(separator: ":").last.flatMap { Int($0) } ?? 0
                let result = try await body(port)
                group.cancelAll()
                return result
            }
            throw CancellationError()
        }
    }
}

/// A connection without any manners.
final class RawSocket: Sendable {
    struct Failed: Error { let code: Int32 }

    private let number: Int32

    init(port: Int) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // A server that never lets go makes a test fail, not hang; one on a busy machine may be late by minutes.
        var patience = timeval(tv_sec: 900, tv_usec: 0)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = Loopback(port: port)
        let number = number
        guard address.use({ connect(number, $0, $1) }) == 0 else { throw Failed(code: errno) }
    }

    deinit { close(number) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw Failed(code: errno) }
    }

    /// Nothing more will be sent.
    func finish() { _ = shutdown(number, Int32(SHUT_WR)) }

    /// What comes until the other side closes; "(nothing came)" when it does not.
    func readToEnd() async -> String {
        let number = number
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var all: [UInt8] = []
                var piece = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(number, &piece, piece.count, 0)
                    if count > 0 {
                        all += piece[..<count]
                    } else {
                        let isOver = count == 0 || errno == ECONNRESET
                        return continuation.resume(returning: isOver ? String(decoding: all, as: UTF8.self) : "(nothing came)")
                    }
                }
            }
        }
    }
}
