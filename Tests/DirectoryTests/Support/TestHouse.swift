import Civil
import Directory
import House
import Page
import Store
import StoreTestKit
import TestKit
import Testing

/// The Directory room on one database, asked through its real routes without a socket.
struct TestHouse: Sendable {
    let database: any Database
    let tools: Tools
    let directory: Directory
    /// Who asks for staff pages.
    var asker = Asker.commandLine

    init(_ database: any Database, clock: Clock = TestEngine.clock) {
        self.database = database
        tools = Tools(
            database: database, clock: clock, ids: .seeded(11, at: clock.now),
            site: Site(name: "Early years hub", doors: Directory.doors))
        directory = Directory(tools: tools)
    }

    /// Runs a body on a fresh house.
    static func open<T: Sendable>(
        on engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> T
    ) async throws -> T {
        try await engine.withDatabase(Directory.migrations) { try await body(TestHouse($0)) }
    }

    struct Reply: Sendable {
        let status: Int
        let text: String
        let location: String?
        let contentType: String
    }

    func get(_ address: String) async throws -> Reply { try await ask(.get, address, FormData()) }

    func post(_ address: String, _ form: [(String, String)] = []) async throws -> Reply {
        try await ask(.post, address, FormData(form))
    }

    /// A page that must have no fault a machine can see: one h1, labels, names, no inline style.
    func page(_ address: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        let reply = try await get(address)
        #expect(reply.status == 200, "\(address)", sourceLocation: sourceLocation)
        let faults = PageCheck.faults(in: reply.text)
        #expect(faults.isEmpty, "\(address): \(faults)", sourceLocation: sourceLocation)
        return reply.text
    }

    private func ask(_ method: Route.Method, _ address: String, _ form: FormData) async throws -> Reply {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let query = try FormData(query: parts.count > 1 ? parts[1] : "")
        let path = parts[0]
        // A pattern without parameters is asked before one with, as the server does.
        let routes = directory.routes.sorted { $0.pattern.split(separator: "{").count < $1.pattern.split(separator: "{").count }
        for route in routes where route.method == method {
            guard let parameters = TestHouse.match(route.pattern, path) else { continue }
            let request = Request(
                method: method, path: path, parameters: parameters, query: query, form: form,
                asker: route.audience == .staff ? asker : .stranger, route: route)
            do {
                let answer = try await route.answer(request)
                return Reply(
                    status: answer.status, text: String(decoding: answer.body, as: UTF8.self),
                    location: answer.headers.first { $0.name == "Location" }?.value, contentType: answer.contentType)
            } catch let refusal as Refusal {
                return Reply(status: refusal.status, text: refusal.message, location: nil, contentType: "text/plain")
            }
        }
        return Reply(status: 404, text: "no route", location: nil, contentType: "text/plain")
    }

    static func match(_ pattern: String, _ path: String) -> [String: String]? {
        let left = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let right = path.split(separator: "/", omittingEmptySubsequences: false)
        guard left.count == right.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, text) in zip(left, right) {
            if part.hasPrefix("{") {
                parameters[String(part.dropFirst().dropLast())] = String(text)
            } else if part != text {
                return nil
            }
        }
        return parameters
    }
}
