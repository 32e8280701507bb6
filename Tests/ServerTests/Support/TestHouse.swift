import Civil
import HTTPTypes
import House
import Hummingbird
import Logging
import NIOCore
import Store
import StoreTestKit
import Synchronization

@testable import Identity
@testable import Server

extension Tools {
    /// Signs somebody in, second step and all, and returns their cookie.
    func signedInCookie(email: String) async throws -> String {
        let tools = self
        return try await database.write { session in
            guard let person = try People.with(email: email, session) else { throw Refusal.notFound(email) }
            return try Sessions.begin(
                for: person.id, device: "A test", isShared: false, secondStepAt: tools.clock.now, tools, session)
        }
    }
}

/// The whole server without a socket: requests go straight to the router's responder.
struct TestHouse: Sendable {
    let responder: RouterResponder<WebContext>
    let doorkeeper: Doorkeeper
    /// The cookie sent with each request; nil asks as a stranger.
    var cookie: String?
    let tools: Tools
    let log: LogLines
    let routes: [Route]

    /// `port` is what the `Host` of a request must name.
    init(
        database: any Database, rooms: (Tools) -> [any Room] = { _ in [OddRoom()] }, uploadBytes: Int = 300_000_000,
        hostNames: [String] = [], configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        let log = LogLines()
        let tools = Tools(
            database: database, clock: TestEngine.clock, ids: .seeded(1, at: TestEngine.clock.now),
            site: Site(name: "Test hub", doors: Rooms.doors))
        let book = Rooms.placeBook(tools)
        doorkeeper = Doorkeeper(
            book: book, clock: tools.clock, box: SecretBox(secret: "a secret key of the tests"), isSecure: false, passphraseRounds: 16)
        let rooms = rooms(tools)
        var configuration = ServerConfiguration(logger: Logger(label: "test") { _ in log.handler })
        configuration.uploadBytes = uploadBytes
        configuration.hostNames = hostNames
        // A busy machine is no slow sender.
        configuration.connections.slowBody = .seconds(86_400)
        configure(&configuration)
        responder = try buildApplication(configuration: configuration, tools: tools, rooms: rooms, doorkeeper: doorkeeper).responder
        routes = rooms.flatMap(\.routes)
        self.tools = tools
        self.log = log
    }

    /// A server over an empty SQLite database of its own.
    static func empty(
        uploadBytes: Int = 300_000_000, hostNames: [String] = [], configure: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> TestHouse {
        let database = try Databases.open("sqlite::memory:")
        try await database.migrate(Rooms.migrations, clock: TestEngine.clock)
        let house = try TestHouse(database: database, uploadBytes: uploadBytes, hostNames: hostNames, configure: configure)
        return try await house.withAdministrator()
    }

    /// The same server, asked by an administrator who is signed in.
    func withAdministrator() async throws -> TestHouse {
        try await PeopleDesk.add(name: "Ada Okafor", email: "ada@example.org", isAdministrator: true, tools)
        var house = self
        house.cookie = try await tools.signedInCookie(email: "ada@example.org")
        return house
    }

    /// The same server, asked by nobody we know.
    var asStranger: TestHouse {
        var house = self
        house.cookie = nil
        return house
    }

    /// An answer, whole.
    struct Answered: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    func send(
        _ method: String, _ path: String, headers: [(String, String)] = [],
        body: RequestBody = RequestBody(buffer: ByteBuffer()),
        host: String? = "127.0.0.1:8080"
    ) async throws -> Answered {
        var fields = HTTPFields()
        // Every form of ours carries the browser's token; a form that is sent in pieces here says it in the header.
        if method == "POST", !headers.contains(where: { $0.0 == "X-Form-Token" }), let name = HTTPField.Name("X-Form-Token") {
            fields[name] = formToken
        }
        if let cookie, !headers.contains(where: { $0.0 == "Cookie" }) {
            fields.append(HTTPField(name: .cookie, value: "\(doorkeeper.cookieName)=\(cookie)"))
        } else if method == "POST", !headers.contains(where: { $0.0 == "Cookie" }) {
            fields.append(HTTPField(name: .cookie, value: "\(doorkeeper.visitName)=a-visit"))
        }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let method = HTTPRequest.Method(rawValue: method) ?? .get
        let head = HTTPRequest(method: method, scheme: nil, authority: host, path: path, headerFields: fields)
        let context = WebContext(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let response = try await responder.respond(to: WebRequest(head: head, body: body), context: context)
        let collector = Collector()
        try? await response.body.write(collector)
        return Answered(status: response.status.code, headers: response.headers, body: collector.bytes)
    }

    func get(_ path: String, headers: [(String, String)] = []) async throws -> Answered {
        try await send("GET", path, headers: headers)
    }

    /// Sends a form as our own pages do.
    func post(_ path: String, _ form: String, headers: [(String, String)] = TestHouse.fromHere) async throws -> Answered {
        try await send(
            "POST", path, headers: headers + [("Content-Type", "application/x-www-form-urlencoded")],
            body: RequestBody(buffer: ByteBuffer(string: form)))
    }

    /// The hidden field of every form of ours.
    var formToken: String { doorkeeper.formToken(cookie ?? "a-visit") }

    static let fromHere = [("Sec-Fetch-Site", "same-origin")]
}

/// Keeps what an answer's body writes.
final class Collector: ResponseBodyWriter, Sendable {
    private let kept = Mutex<[UInt8]>([])
    var bytes: [UInt8] { kept.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws { kept.withLock { $0 += buffer.readableBytesView } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
