import House
import TestKit
import Testing

@testable import Server

/// Follows every link from a page, a few of each kind of page, and checks what it finds.
struct Crawl {
    let house: TestHouse
    /// Pages of one kind (one route, one set of query names) looked at.
    static let ofEachKind = 2

    /// The addresses visited.
    func from(_ start: String) async throws -> [String] {
        let table = try RouteTable(house.routes)
        let walker = house.walker
        var waiting = [start]
        var seen: Set<String> = [start]
        var counts: [String: Int] = [:]
        var visited: [String] = []
        while let path = waiting.popLast() {
            let kind = kind(of: path, table)
            guard counts[kind, default: 0] < Crawl.ofEachKind else { continue }
            counts[kind, default: 0] += 1
            try await walker.open(path)
            visited.append(path)
            #expect(walker.status < 400, "\(path) answers \(walker.status)")
            guard walker.response.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
            #expect(walker.faults.isEmpty, "\(path): \(walker.faults.joined(separator: "; "))")
            for link in walker.links() where seen.insert(link).inserted {
                waiting.append(link)
            }
        }
        return visited
    }

    /// The fixed parts of an address with the names of its query: pages that are made by the same code.
    private func kind(of path: String, _ table: RouteTable) -> String {
        let parts = path.split(separator: "?", maxSplits: 1)
        let segments = parts.first.map { $0.split(separator: "/") } ?? []
        let shape = table.routes.first { route in
            let pattern = route.pattern.split(separator: "/")
            return pattern.count == segments.count
                && zip(pattern, segments).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        let names = parts.dropFirst().first.map { $0.split(separator: "&").map { $0.prefix { $0 != "=" } } } ?? []
        return (shape?.pattern ?? String(path)) + "?" + Set(names).sorted().joined(separator: "&")
    }
}
