import Foundation
import House
import Page
import TestKit
import Testing

@testable import Directory

/// Asks a room's routes as a browser would: the address is matched with the patterns, redirects are told apart.
struct AreaVisit: Sendable {
    let room: Directory

    struct Page: Sendable {
        let status: Int
        let path: String
        let location: String?
        let answer: Answer
        var text: String { String(decoding: answer.body, as: UTF8.self) }

        func holds(_ words: String) -> Bool { text.contains(words) }
    }

    func get(_ address: String) async throws -> Page { try await ask(.get, address, []) }

    func post(_ address: String, _ fields: [(String, String)]) async throws -> Page {
        try await ask(.post, address, fields)
    }

    /// Posts, expects a redirect, and opens where it leads.
    func postAndFollow(_ address: String, _ fields: [(String, String)]) async throws -> Page {
        let page = try await post(address, fields)
        #expect(page.status == 303, "\(address): \(page.text.prefix(2_000))")
        return try await get(try #require(page.location))
    }

    private func ask(_ method: Route.Method, _ address: String, _ fields: [(String, String)]) async throws -> Page {
        let bare = address.split(separator: "#").first.map(String.init) ?? address
        let parts = bare.split(separator: "?", maxSplits: 1).map(String.init)
        let steps = parts[0].split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        let matches = room.routes.filter { $0.method == method }.compactMap { route -> (Route, [String: String])? in
            let pattern = route.pattern.split(separator: "/").map(String.init)
            guard pattern.count == steps.count else { return nil }
            var parameters: [String: String] = [:]
            for (want, have) in zip(pattern, steps) {
                if want.hasPrefix("{") {
                    parameters[String(want.dropFirst().dropLast())] = have
                } else if want != have {
                    return nil
                }
            }
            return (route, parameters)
        }
        // A pattern with fewer parameters wins, as in the server's router.
        let (route, parameters) = try #require(
            matches.min { $0.1.count < $1.1.count }, "no route for \(method) \(address)")
        let request = Request(
            method: method, path: parts[0], parameters: parameters,
            query: try parts.count > 1 ? FormData(query: parts[1]) : FormData(), form: FormData(fields),
            asker: .commandLine, route: route)
        let answer: Answer
        do {
            answer = try await route.answer(request)
        } catch let refusal as Refusal {
            answer = Answer(status: refusal.status, contentType: "text/plain", body: Array(refusal.message.utf8))
        }
        let location = answer.headers.first { $0.name == "Location" }?.value
        let page = Page(status: answer.status, path: parts[0], location: location, answer: answer)
        if answer.contentType.hasPrefix("text/html") {
            let faults = PageCheck.faults(in: page.text)
            #expect(faults.isEmpty, "\(method) \(address): \(faults)")
        }
        return page
    }
}
