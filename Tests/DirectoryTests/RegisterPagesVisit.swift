import Civil
import Foundation
import House
import Page
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

/// A person at the pages of the registers: opens them, sends files in, presses buttons. Each page is looked over.
struct RegisterVisit: Sendable {
    let database: any Database
    let tools: Tools
    let directory: Directory

    /// Another `seed` is another start of the program on the same database.
    init(_ database: any Database, seed: UInt64 = 11) {
        self.database = database
        tools = Tools(
            database: database, clock: TestEngine.clock, ids: .seeded(seed, at: TestEngine.clock.now.adding(seconds: Int(seed))),
            site: Site(name: "Early years hub", doors: Directory.doors))
        directory = Directory(tools: tools)
    }

    static func open(
        on engine: TestEngine, _ body: @Sendable (RegisterVisit) async throws -> Void
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { try await body(RegisterVisit($0)) }
    }

    struct Page: Sendable {
        let status: Int
        let text: String
        let location: String?
        let headers: [(name: String, value: String)]
        func holds(_ words: String) -> Bool { text.contains(words) }
        var document: HTMLDocument { HTMLDocument(text) }
    }

    func get(_ address: String) async throws -> Page { try await ask(.get, address, [], [:]) }

    func post(_ address: String, _ form: [(String, String)] = []) async throws -> Page { try await ask(.post, address, form, [:]) }

    /// Posts and opens the page it leads to.
    func press(_ address: String, _ form: [(String, String)] = []) async throws -> Page {
        let page = try await post(address, form)
        #expect(page.status == 303, "\(address): \(page.text.prefix(1_500))")
        return try await get(try #require(page.location))
    }

    /// Sends a file in.
    func send(_ name: String, _ bytes: [UInt8], _ form: [(String, String)]) async throws -> Page {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("eyhub-test-\(UUID().uuidString)")
        try Data(bytes).write(to: place)
        defer { try? FileManager.default.removeItem(at: place) }
        return try await ask(
            .post, "/staff/registers", form, ["file": Upload(name: name, path: place.path, size: bytes.count)])
    }

    /// Sends a file in, and is led to its page. The id of its load.
    func load(_ kind: LoadKind, _ text: String, named name: String = "file-2021-08-31.csv", edition: String = "") async throws
        -> String
    {
        let page = try await send(name, Array(text.utf8), [("kind", kind.rawValue), ("edition", edition)])
        #expect(page.status == 303, "\(page.text.prefix(1_500))")
        let parts = try #require(page.location).split(separator: "/")
        return String(try #require(parts.dropFirst(2).first))
    }

    /// Waits until this load is worked on, or whoever should be at work on it has been answered.
    func waitUntilItIsWorkedOn(_ id: String, by work: Task<Page, any Error>) async {
        let isOver = Locked(false)
        let end = Task {
            _ = await work.result
            isOver.withLock { $0 = true }
        }
        while LoadWork.shared.progress(LoadWork.Key(database, id)) == nil, !isOver.withLock({ $0 }) { await Task.yield() }
        end.cancel()
    }

    func count(_ sql: SQL) async throws -> Int { try await database.read { try $0.count(sql) } }

    func write(_ sql: SQL) async throws { _ = try await database.write { try $0.run(sql) } }

    private func ask(
        _ method: Route.Method, _ address: String, _ form: [(String, String)], _ uploads: [String: Upload]
    ) async throws -> Page {
        let bare = address.split(separator: "#").first.map(String.init) ?? address
        let parts = bare.split(separator: "?", maxSplits: 1).map(String.init)
        let found = directory.routes.compactMap { route -> (Route, [String: String])? in
            guard route.method == method, let values = TestHouse.match(route.pattern, parts[0]) else { return nil }
            return (route, values)
        }
        let (route, values) = try #require(found.min { $0.1.count < $1.1.count }, "no route for \(method) \(address)")
        let request = Request(
            method: method, path: parts[0], parameters: values,
            query: try FormData(query: parts.count > 1 ? parts[1] : ""), form: FormData(form), uploads: uploads,
            asker: .commandLine, route: route)
        do {
            let answer = try await route.answer(request)
            let text = String(decoding: answer.body, as: UTF8.self)
            if answer.contentType.hasPrefix("text/html") {
                let faults = PageCheck.faults(in: text)
                #expect(faults.isEmpty, "\(method) \(address): \(faults)")
            }
            return Page(
                status: answer.status, text: text, location: answer.headers.first { $0.name == "Location" }?.value,
                headers: answer.headers)
        } catch let refusal as Refusal {
            return Page(status: refusal.status, text: refusal.message, location: nil, headers: [])
        }
    }
}

/// Holds the data so that whoever wants to write has to wait, until it is let go.
struct HeldDatabase: Sendable {
    private let gate = DispatchSemaphore(value: 0)
    private let task: Task<Void, any Error>

    init(_ database: any Database) async throws {
        let gate = gate
        let (started, signal) = AsyncStream<Void>.makeStream()
        task = Task {
            try await database.write { session in
                try session.lock("eyhub.load")
                signal.finish()
                gate.wait()
            }
        }
        for await _ in started {}
    }

    func letGo() async throws {
        gate.signal()
        try await task.value
    }
}
