internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Deed {
    static let keepRequests = Deed(
        "network.requests.keep", "Answer requests, pass them on, merge and close them",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
    static let askForOthers = Deed(
        "network.requests.ask-for", "Ask the hub for something for one of its settings, or for the team",
        [
            .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub, .adviser: .ownHub,
            .areaSENCo: .ownHub, .healthPartner: .ownHub,
        ])
    static let askRequests = Deed(
        "network.requests.ask", "Ask the hub for something for one’s own setting, and join what others ask",
        [.manager: .ownSetting, .practitioner: .ownSetting])
}

extension Network {
    static let requestDeeds: [Deed] = [.keepRequests, .askForOthers, .askRequests]

    /// The hub named in the address; the request of that number must be there.
    static func atRequest(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        _ = try Requests.find(request.parameter("request"), hub: place.hubs.first ?? "", session)
        return place
    }

    /// The board: who asks the hub for what, and what becomes of it.
    var requestRoutes: [Route] { requestReadingRoutes + requestKeepingRoutes + ownRequestRoutes }

    private var requestReadingRoutes: [Route] {
        let hub = "/staff/network/{hub}"
        return [
            route(.get, "/staff/requests", .seeNetwork, "What members of one’s hub ask for") { room, _ in
                try await room.chooseHub(for: .requests)
            },
            route(.get, "\(hub)/requests", .seeNetwork, "What members ask for", at: Self.atHub) { try await $0.requestsPage($1) },
            route(.get, "\(hub)/new-request", .askForOthers, "Ask the hub for something", at: Self.atHub) {
                try await $0.newRequestPage($1)
            },
            route(.post, "\(hub)/new-request", .askForOthers, "Ask the hub for something", at: Self.atHub) { try await $0.askForHub($1) },
            route(.get, "\(hub)/requests/{request}", .seeNetwork, "A request with its story", at: Self.atRequest) {
                try await $0.requestPage($1)
            },
        ]
    }

    private var requestKeepingRoutes: [Route] {
        let one = "/staff/network/{hub}/requests/{request}"
        return [
            route(.post, "/staff/network/{hub}/request-promise", .keepRequests, "Say within how many days the hub answers", at: Self.atHub)
            {
                try await $0.savePromise($1)
            },
            route(.post, "\(one)/answer", .keepRequests, "Answer a request", at: Self.atRequest) { try await $0.answerRequest($1) },
            route(.post, "\(one)/pass", .keepRequests, "Pass a request on", at: Self.atRequest) { try await $0.passRequest($1) },
            route(.post, "\(one)/close", .keepRequests, "Close a request", at: Self.atRequest) { try await $0.closeRequest($1) },
            route(.post, "\(one)/reopen", .keepRequests, "Take a request up again", at: Self.atRequest) { try await $0.reopenRequest($1) },
            route(.post, "\(one)/merge", .keepRequests, "Merge two requests", at: Self.atRequest) { try await $0.mergeRequest($1) },
            route(.post, "\(one)/unmerge", .keepRequests, "Take two requests apart again", at: Self.atRequest) {
                try await $0.unmergeRequest($1)
            },
        ]
    }

    private var ownRequestRoutes: [Route] {
        let own = "/own/{id}/requests"
        return [
            route(.get, "/own-hub", .askRequests, "Ask the hub: choose one’s setting") { try await $0.askDoor($1) },
            route(.get, own, .askRequests, "What settings ask the hub for", at: Self.atOwnSetting) { try await $0.ownRequestsPage($1) },
            route(.post, own, .askRequests, "Ask the hub for something for one’s own setting", at: Self.atOwnSetting) {
                try await $0.askForSetting($1)
            },
            route(.get, "\(own)/{request}", .askRequests, "A request with its story, for settings", at: Self.atOwnSetting) {
                try await $0.ownRequestPage($1)
            },
            route(.post, "\(own)/{request}/join", .askRequests, "Join a request: we too", at: Self.atOwnSetting) {
                try await $0.set(joined: true, $1)
            },
            route(.post, "\(own)/{request}/leave", .askRequests, "Take “we too” back", at: Self.atOwnSetting) {
                try await $0.set(joined: false, $1)
            },
        ]
    }

    /// Requests that wait longer than the hub promised.
    static func requestDues(clock: Clock) -> [Due] {
        [
            Due(
                .keepRequests, "/staff/requests", one: "request is past its answer day", several: "requests are past their answer day",
                count: { asker, session in
                    let hubs = asker.hats.filter { Deed.keepRequests.reaches[$0.role] != nil }.compactMap(\.hubID)
                    let place: SQL = asker.isAdministrator ? "1 = 1" : "hub_id in \(list: hubs)"
                    let today = clock.today
                    return try session.count(
                        """
                        select count(*) from need_request where merged_into is null and \(place) and (
                            (state = 'open' and answer_by < \(today))
                            or (state = 'passed' and coalesce(passed_by_day, answer_by) < \(today)))
                        """)
                })
        ]
    }

    /// What a setting asked for, and when it was answered, on its timeline.
    static let requestChapters: [Chapter] = [
        Chapter { setting, reader, before, limit, session in
            var condition: SQL = "(r.setting_id = \(setting) and e.what in ('asked', 'answered'))"
            condition = "(\(condition) or (e.what = 'joined' and e.setting_id = \(setting)))"
            if case .team(let hub) = reader { condition = "\(condition) and r.hub_id = \(hub)" }
            if let before {
                condition =
                    "\(condition) and (substr(e.at, 1, 10) < \(before.day) or (substr(e.at, 1, 10) = \(before.day) and e.id < \(before.key)))"
            }
            let rows = try session.all(
                """
                select e.id, e.at, e.what, e.words, r.number, r.topic from request_event e join need_request r on r.id = e.request_id
                where \(condition) order by e.at desc, e.id desc limit \(limit)
                """)
            return rows.compactMap { row in
                guard let at = row.instant("at") else { return nil }
                let topic = "request \(row.int("number")), “\(row.text("topic"))”"
                let title =
                    switch row.text("what") {
                    case "asked": "Asked the hub: \(topic)"
                    case "joined": "Joined \(topic)"
                    default: "The hub answered \(topic)"
                    }
                let words: HTML? = row.textOrNil("words").map { paragraphs($0) }
                return TimelineEntry(day: at.dayInLondon, key: row.text("id"), title: title, detail: words ?? "")
            }
        }
    ]

    static let requestHoldings: [Holding] = [
        Holding(
            "need_request", ["by_whom"], "What you asked the hub for",
            fate: "That it was asked stays, by number, without your name and without your words.",
            rows: {
                try $1.all(
                    "select number, topic, words, setting_id, asked_at, state from need_request where by_whom = \("person:\($0)") order by asked_at"
                )
            },
            forget: { id, _, session in
                try session.run("update need_request set words = 'Taken out', is_open_about_asker = 0 where by_whom = \("person:\(id)")")
            }),
        written("request_joiner", "Requests you joined", "select joined_at, setting_id, left_at from request_joiner where by_whom ="),
        written("request_event", "What you did with requests", "select at, what, words from request_event where by_whom ="),
    ]
}
