import Directory
import House
import HubNetwork
import Page
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// A page is a promise: what it offers to its reader, its reader may do.
@Suite("What a page offers")
struct OfferedTests {
    /// Something a page lets its reader do: follow a link, or send a form with its hidden fields.
    private struct Offer: Hashable {
        let method: Route.Method
        let path: String
        var fields: [String: String] = [:]
    }

    /// The invented hub with all that its team did, and somebody of every role in it.
    private func house(_ database: any Database) async throws -> TestHouse {
        let house = try await LoadedHouse.empty(database)
        try await LoadedHouse.loadWards(house)
        try await SampleHub.make(house.tools)
        let tools = house.tools
        let book = Rooms.placeBook(tools)
        let hub = try #require(try await SampleHub.id(tools))
        _ = try await DemoPeople.make(hub: hub, tools, book)
        try await tools.database.write { session in
            for role in Role.allCases where !DemoPeople.all.contains(where: { $0.role == role }) {
                let person = try People.findOrMake(name: role.name, email: "\(role.rawValue)@demo.example.org", tools, session)
                try Roles.give(RoleGrant(role, hub: hub), to: person.id, tools, session)
            }
        }
        _ = try await SampleContacts.make(hub: hub, tools)
        _ = try await SamplePledges.make(hub: hub, tools, SecretBox(secret: "a secret key of the tests"))
        _ = try await SampleHosting.make(hub: hub, tools)
        _ = try await SampleCampaigns.make(hub: hub, tools)
        _ = try await SampleChampions.make(hub: hub, tools)
        _ = try await SampleGroups.make(hub: hub, tools)
        _ = try await SampleNeeds.make(hub: hub, tools)
        _ = try await SampleRequests.make(hub: hub, tools)
        return house
    }

    /// The links and forms of a page. Read by its tags alone: hundreds of pages are, some of them long.
    private func offers(of page: [UInt8]) -> [Offer] {
        func isOurs(_ address: String) -> Bool { address.hasPrefix("/") && !address.hasPrefix("//") }
        var offers: [Offer] = []
        var isInForm = false
        for piece in page.split(separator: UInt8(ascii: "<")) {
            let isLink = piece.starts(with: "a ".utf8)
            let isForm = piece.starts(with: "form ".utf8)
            let isField = isInForm && piece.starts(with: "input type=\"hidden\"".utf8)
            if piece.starts(with: "/form".utf8) { isInForm = false }
            guard isLink || isForm || isField else { continue }
            let tag = String(decoding: piece.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
            if isLink, let href = value("href", in: tag), isOurs(href) { offers.append(Offer(method: .get, path: href)) }
            if isForm, let action = value("action", in: tag), isOurs(action) {
                offers.append(Offer(method: value("method", in: tag) == "post" ? .post : .get, path: action))
                isInForm = true
            }
            if isField, let name = value("name", in: tag), !offers.isEmpty {
                offers[offers.count - 1].fields[name] = value("value", in: tag) ?? ""
            }
        }
        return offers
    }

    private func value(_ name: String, in tag: String) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }

    /// The route an address leads to: fixed words before parameters.
    private func route(_ offer: Offer, _ routes: [Route]) -> (Route, [String: String])? {
        let parts = offer.path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(String.init)
        var best: (Route, [String: String])?
        for route in routes where route.method == offer.method {
            let pattern = route.pattern.split(separator: "/").map(String.init)
            guard pattern.count == parts.count else { continue }
            var parameters: [String: String] = [:]
            let fits = zip(pattern, parts).allSatisfy { piece, part in
                guard let open = piece.firstIndex(of: "{"), let close = piece.firstIndex(of: "}") else { return piece == part }
                let (head, tail) = (piece[..<open], piece[piece.index(after: close)...])
                guard part.hasPrefix(head), part.hasSuffix(tail), part.count > head.count + tail.count else { return false }
                let value = String(part.dropFirst(head.count).dropLast(tail.count))
                parameters[String(piece[piece.index(after: open)..<close])] = percentDecoded(value) ?? value
                return true
            }
            if fits, best.map({ $0.1.count > parameters.count }) ?? true { best = (route, parameters) }
        }
        return best
    }

    @Test("Whatever role somebody has, no link and no button of their pages ends in a refusal", arguments: TestEngine.all)
    func keepsItsPromises(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let empty = try await house(database)
            let tools = empty.tools
            // What is drawn for whom does not depend on the engine; where a role reaches does, which a few show.
            let roles = engine.engine == .sqlite ? Role.allCases : [.coordinator, .adviser, .steering]
            for role in roles {
                let key = DemoPeople.all.first { $0.role == role }?.key ?? role.rawValue
                var house = empty
                let cookie = try await tools.signedInCookie(email: "\(key)@demo.example.org")
                house.cookie = cookie
                let doorkeeper = empty.doorkeeper
                let asker = try await tools.database.read { try doorkeeper.asker(Doorkeeper.Papers(cookie: cookie), in: $0) }
                var waiting: [String] = ["/start", "/account"]
                var seen: Set<String> = []
                var kinds: [String: Int] = [:]
                var asked: Set<Offer> = []
                while let path = waiting.popLast() {
                    let page = try await house.get(path)
                    if let next = page.header("Location") { waiting.append(next) }
                    guard page.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
                    for offer in offers(of: page.body) where asked.insert(offer).inserted {
                        guard let (route, parameters) = route(offer, house.routes) else { continue }
                        let request = Request(
                            method: offer.method, path: offer.path, parameters: parameters,
                            form: FormData(offer.fields.map { ($0.key, $0.value) }), asker: asker, route: route)
                        do {
                            try await tools.database.read { try request.permit.check(in: $0) }
                        } catch let refusal as Refusal {
                            Issue.record(
                                "\(role.rawValue) is offered \(offer.method.rawValue) \(route.pattern) on \(path), and refused: \(refusal)")
                            continue
                        }
                        let link = String(offer.path.prefix { $0 != "#" })
                        // One page or two of each kind: they are made by the same code.
                        let kind = route.pattern + (link.contains("?") ? "?" : "")
                        if offer.method == .get, kinds[kind, default: 0] < (link.contains("?") ? 1 : 2), seen.insert(link).inserted {
                            kinds[kind, default: 0] += 1
                            waiting.append(link)
                        }
                    }
                }
                #expect(seen.count > 10, "\(role.rawValue)")
            }
        }
    }
}
