import Civil
import HTTPTypes
import House
import Hummingbird
import NIOCore
import Page
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// Every route with every role, in its own hub and in another's, and as a stranger. A route added later is walked without a word here.
@Suite struct PermissionWalkTests {
    /// Records of the invented hub, to fill the addresses with.
    private struct Grounds: Sendable {
        var parameters: [String: String] = [:]
        let hub: String
        let area: String
        let setting: String
    }

    private struct Walker: Sendable {
        let role: Role
        let isOwn: Bool
        let house: TestHouse
    }

    private func grounds(_ house: TestHouse, invented: Bool) async throws -> Grounds {
        try await house.tools.database.read { session in
            let hub = try #require(try session.first("select id, slug from hub where is_sample = \(invented)"))
            let plan = try #require(
                try session.first(
                    """
                    select p.id, p.scheme_id from plan p join scheme s on s.id = p.scheme_id
                    where s.hub_id = \(hub.text("id")) and p.status = 'published' and s.divides = 'wards' order by p.id
                    """))
            // A setting in one of its areas.
            let place = try #require(
                try session.first(
                    """
                    select s.id as setting, w.area_id as area from setting s join area_ward w on w.ward_code = s.ward_code
                    where w.plan_id = \(plan.text("id")) and coalesce(s.hub_id, '') = \(invented ? hub.text("id") : "") order by s.id
                    """))
            var grounds = Grounds(hub: hub.text("id"), area: place.text("area"), setting: place.text("setting"))
            grounds.parameters = [
                "hub": hub.text("slug"), "slug": hub.text("slug"), "scheme": plan.text("scheme_id"), "plan": plan.text("id"),
                "area": place.text("area"), "id": place.text("setting"), "other": place.text("setting"), "fault": "no-ward",
                "name": "look.css", "load": "none", "number": "1", "correction": "none", "merge": "none", "token": "none", "role": "none",
                "person": "none", "letter": "none", "session": "none", "invitation": "none", "change": "none", "claim": "none",
                "contact": "none", "key": "none", "request": "none", "agreement": "none", "version": "none", "save": "none",
                "signature": "none", "sheet": "none", "event": "none", "gathering": "none", "campaign": "none", "target": "none",
                "champion": "none", "post": "none", "meeting": "none", "criterion": "none", "code": "none", "entry": "none",
                "rollout": "none", "step": "none", "part": "vision", "tip": "names", "rule": "audit",
            ]
            return grounds
        }
    }

    private func walker(_ role: Role, own: Bool, at ground: Grounds, _ house: TestHouse) async throws -> Walker {
        let email = "\(role.rawValue)-\(own ? "own" : "other")@walk.example.org"
        let tools = house.tools
        try await tools.database.write { session in
            let person = try People.findOrMake(name: "A \(role.name)", email: email, tools, session)
            let grant =
                switch role.level {
                case .installation: RoleGrant(role)
                case .hub: RoleGrant(role, hub: ground.hub)
                case .area: RoleGrant(role, hub: ground.hub, area: ground.area)
                case .setting: RoleGrant(role, hub: ground.hub, setting: ground.setting)
                }
            try Roles.give(grant, to: person.id, tools, session)
        }
        var signedIn = house
        signedIn.cookie = try await tools.signedInCookie(email: email)
        return Walker(role: role, isOwn: own, house: signedIn)
    }

    private func path(_ route: Route, _ parameters: [String: String]) -> String {
        route.pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard let open = part.firstIndex(of: "{"), let close = part.firstIndex(of: "}") else { return String(part) }
            let name = String(part[part.index(after: open)..<close])
            // A plan's own address in the API goes by its id.
            let value = name == "id" && route.pattern.contains("/plans/") ? parameters["plan"] : parameters[name]
            return String(part[..<open]) + (value ?? "none") + String(part[part.index(after: close)...])
        }.joined(separator: "/")
    }

    /// What the table says: may they, or is it forbidden, or does it not exist for them.
    private func expected(_ route: Route, _ walker: Walker, isOfHub: Bool) -> Permission.Answer {
        guard let reach = route.deed.reaches[walker.role] else {
            return isOfHub && !walker.isOwn && walker.role != .administrator ? .unknown : .forbidden
        }
        if reach == .anywhere || !isOfHub || walker.isOwn { return .yes }
        return .unknown
    }

    @Test("Every route answers every role as the table of permissions says, own hub and other")
    func walksEveryRoute() async throws {
        let house = try await LoadedHouse.shared.value
        let own = try await grounds(house, invented: true)
        let other = try await grounds(house, invented: false)
        var walkers: [Walker] = []
        for role in Role.allCases {
            walkers.append(try await walker(role, own: true, at: own, house))
            if role != .administrator { walkers.append(try await walker(role, own: false, at: other, house)) }
        }
        var walked = 0
        for route in house.routes where !route.deed.isForEverybody && !route.deed.isOwnAccount {
            let path = path(route, own.parameters)
            // What belongs to a hub: its address names the hub or something of it.
            let isOfHub = ["{hub}", "{id}"].contains { route.pattern.contains($0) }
            // Records that are not there answer 404 to whoever may ask.
            let isMissing = ["none"].contains { path.split(separator: "/").contains(Substring($0)) }
            for walker in walkers {
                walked += 1
                let expected = expected(route, walker, isOfHub: isOfHub)
                if isMissing && expected != .forbidden { continue }
                // What may be changed is changed by other tests; here it is asked of the permit alone.
                if route.method == .post && expected == .yes { continue }
                let answered = route.method == .get ? try await walker.house.get(path) : try await walker.house.post(path, "")
                let who = "\(walker.role.rawValue), \(walker.isOwn ? "own" : "other") hub: \(route.method.rawValue) \(path)"
                switch expected {
                case .yes: #expect(![401, 403, 404].contains(answered.status), "\(who) answered \(answered.status)")
                case .forbidden:
                    #expect(answered.status == 403 || (isMissing && answered.status == 404), "\(who) answered \(answered.status)")
                case .unknown: #expect(answered.status == 404, "\(who) answered \(answered.status)")
                }
            }
        }
        #expect(walked > 1_000)
    }

    @Test("A stranger is led to the sign-in from every page of the network, and every form and program is refused")
    func refusesStrangers() async throws {
        let house = try await LoadedHouse.shared.value.asStranger
        let own = try await grounds(house, invented: true)
        for route in house.routes where !route.deed.isForEverybody {
            let path = path(route, own.parameters)
            let answered = route.method == .get ? try await house.get(path) : try await house.post(path, "")
            if route.method == .post || path.hasPrefix("/api/") || path.hasSuffix(".json") || path == "/metrics" {
                #expect(answered.status == 401, "\(route.method.rawValue) \(path) answered \(answered.status)")
            } else {
                #expect(answered.status == 303, "\(path) answered \(answered.status)")
                #expect(answered.header("Location")?.hasPrefix("/sign-in?next=") == true, "\(path)")
            }
        }
    }

    @Test("Every form is refused without the browser's token, with another's, and with none at all")
    func refusesFormsWithoutToken() async throws {
        let house = try await LoadedHouse.shared.value
        let own = try await grounds(house, invented: true)
        for route in house.routes where route.method == .post && !route.isProvenByAddress {
            let path = path(route, own.parameters)
            for token in ["", "token=", "token=\(house.doorkeeper.formToken("another"))"] {
                let answered = try await house.send(
                    "POST", path,
                    headers: TestHouse.fromHere + [("X-Form-Token", ""), ("Content-Type", "application/x-www-form-urlencoded")],
                    body: .init(buffer: .init(string: token)))
                #expect(answered.status == 403, "\(path) answered \(answered.status)")
            }
        }
    }

    @Test("Nobody is shown a door, a search or a way back that is closed to them")
    func showsOnlyOpenDoors() async throws {
        let house = try await LoadedHouse.shared.value
        let own = try await grounds(house, invented: true)
        for role in Role.allCases {
            let walker = try await walker(role, own: true, at: own, house).house
            for start in ["/account", "/start"] {
                var page = try await walker.get(start)
                for _ in 0..<3 where page.status == 303 { page = try await walker.get(page.header("Location") ?? "") }
                #expect(page.status == 200, "\(role.rawValue) \(start)")
                // The list of rooms, the way back and the search box.
                let document = page.text
                let frames = document.matches(of: /<nav class="(?:rooms|crumbs|thumb)".*?<\/nav>|<form class="search".*?>/).map {
                    String($0.output)
                }
                let links = frames.flatMap { $0.matches(of: /(?:href|action)="([^"#]+)"/).map { String($0.output.1) } }
                #expect(links.count > 1, "\(role.rawValue) \(start)")
                for link in links {
                    let status = try await walker.get(link).status
                    #expect(status < 400, "\(role.rawValue) is led to \(link), which answers \(status)")
                }
            }
        }
    }

    @Test("The table is printed for everybody, with every deed and every role")
    func printsTheTable() async throws {
        let house = try await LoadedHouse.shared.value.asStranger
        let page = try await house.get("/about/permissions").text
        for deed in Rooms.deeds where !deed.isForEverybody && !deed.isOwnAccount {
            #expect(page.contains(HTML(text: deed.words).string), "\(deed.code)")
        }
        for role in Role.allCases { #expect(page.contains(HTML(text: role.name).string)) }
    }

    @Test("What one role may do is a short list of its own: all of it, and nothing of what others may", arguments: Role.allCases)
    func printsOneRole(role: Role) async throws {
        let house = try await LoadedHouse.shared.value.asStranger
        let page = try await house.get("/about/permissions?role=\(role.rawValue)")
        #expect(page.status == 200)
        for deed in Rooms.deeds where !deed.isForEverybody && !deed.isOwnAccount {
            #expect(page.text.contains("<li>\(HTML(text: deed.words).string)</li>") == (deed.reaches[role] != nil), "\(deed.code)")
        }
        #expect(page.text.contains("They sign in with a second step") == role.needsSecondStep)
    }

    @Test("No two deeds share a code, and every route's deed is in the table")
    func deedsAreListed() async throws {
        let house = try await LoadedHouse.shared.value
        #expect(Set(Rooms.deeds.map(\.code)).count == Rooms.deeds.count)
        for route in house.routes { #expect(Rooms.deeds.contains(route.deed), "\(route.pattern)") }
    }
}
