public import Civil
internal import Directory
public import House
internal import Identity
internal import Page
internal import Store

/// Something promised after a contact and not yet done.
struct NextStepLine: Sendable {
    let contactID: String
    let hubSlug: String
    let words: String
    let day: Day
    let personID: String?
    /// None for a promise to a partner, which has its campaign.
    let settingID: String?
    let campaignPath: String?
    let settings: Int
}

enum NextSteps {
    /// What is open in the hubs, soonest first; at most 300.
    static func open(inHubs hubs: [String]?, _ session: any Session) throws -> [NextStepLine] {
        let place: SQL = hubs.map { "c.hub_id in \(list: $0)" } ?? "1 = 1"
        let slugs = Dictionary(try Directory.hubs(session).map { ($0.id, $0.slug) }, uniquingKeysWith: { first, _ in first })
        return try session.all(
            """
            select c.id, c.hub_id, c.next_step, c.next_day, c.next_person, min(s.setting_id) as setting_id, count(*) as settings,
                min(cc.campaign_id) as campaign_id, min(cc.target_id) as target_id
            from contact c left join contact_setting s on s.contact_id = c.id left join campaign_call cc on cc.contact_id = c.id
            where c.next_day is not null and c.next_done_at is null and c.undone_at is null and \(place)
            group by c.id, c.hub_id, c.next_step, c.next_day, c.next_person order by c.next_day, c.id limit 300
            """
        ).compactMap { row in
            guard let day = row.day("next_day"), let slug = slugs[row.text("hub_id")] else { return nil }
            return NextStepLine(
                contactID: row.text("id"), hubSlug: slug, words: row.text("next_step"), day: day, personID: row.textOrNil("next_person"),
                settingID: row.textOrNil("setting_id"),
                campaignPath: row.textOrNil("campaign_id").map {
                    "/staff/network/\(slug)/campaigns/\($0)/targets/\(row.text("target_id"))"
                },
                settings: row.int("settings"))
        }
    }

    /// How many are overdue and somebody's own, or nobody's.
    static func overdue(for asker: Asker, on today: Day, _ session: any Session) throws -> Int {
        let hubs = asker.hats.filter { Deed.seeNetwork.reaches[$0.role] != nil }.compactMap(\.hubID)
        let place: SQL = asker.isAdministrator ? "1 = 1" : "hub_id in \(list: hubs)"
        return try session.count(
            """
            select count(*) from contact where next_day < \(today) and next_done_at is null and undone_at is null and \(place)
            and (next_person is null or next_person = \(asker.personID ?? ""))
            """)
    }
}

extension Network {
    /// What was promised: one's own first, then what is nobody's, then the others'.
    var nextRoutes: [Route] {
        [
            route(.get, "/staff/next", .seeNetwork, "Next steps") { try await $0.nextPage($1) },
            route(.post, "/staff/network/{hub}/contacts/{contact}/done", .logContact, "Tick a next step off", at: Self.atHub) {
                try await $0.doneNext($1)
            },
        ]
    }

    private func nextPage(_ request: Request) async throws -> Answer {
        let asker = request.asker
        let hubs = asker.isAdministrator ? nil : asker.hats.filter { Deed.seeNetwork.reaches[$0.role] != nil }.compactMap(\.hubID)
        let (lines, titles, names) = try await tools.database.read { session in
            let lines = try NextSteps.open(inHubs: hubs, session)
            return (
                lines, try Directory.titles(of: lines.compactMap(\.settingID), session),
                try PeopleBook.names(lines.compactMap { $0.personID.map { "person:\($0)" } }, session)
            )
        }
        let today = tools.clock.today
        func items(_ lines: [NextStepLine]) -> HTML {
            let drawn = lines.html { line in
                let more = line.settings > 1 ? " and \(line.settings - 1) more" : ""
                let late: HTML? = line.day < today ? " \(Tag("overdue", .bad))" : nil
                let who = line.personID.flatMap { names["person:\($0)"] } ?? "nobody’s yet"
                var button = Button("Done", action: "/staff/network/\(line.hubSlug)/contacts/\(line.contactID)/done", style: .small)
                button.about = "with: \(line.words)"
                let path = line.settingID.map { "/staff/network/\(line.hubSlug)/settings/\($0)" } ?? line.campaignPath ?? "/staff/network"
                let title = line.settingID.map { titles[$0] ?? "A setting" } ?? "In its campaign"
                return """
                    <li><span></span><div><span class="thing">\(line.words)</span>\(late)<p>By \(line.day.medium), \(who). \
                    <a href="\(link: path)"><bdi>\(title)</bdi></a>\(more)</p></div>\(button)</li>
                    """
            }
            return "<ul class=\"todo\">\(drawn)</ul>"
        }
        let groups: [(String, [NextStepLine])] = [
            ("Yours", lines.filter { $0.personID == asker.personID && asker.personID != nil }),
            ("Nobody’s yet", lines.filter { $0.personID == nil }),
            ("Others’", lines.filter { $0.personID != nil && $0.personID != asker.personID }),
        ]
        var frame = tools.frame("Next steps", for: .staff, at: "/staff/next")
        frame.lead = "What was promised to settings, the soonest first."
        frame.notices = request.query["done"] == "ticked" ? [.success("Ticked off.")] : []
        frame.content =
            lines.isEmpty
            ? EmptyState(
                "Nothing is promised", "When you log a contact you can say what comes next and by when. It waits here until it is done.",
                action: Action("Log a contact", "/staff/network"), picture: .list
            ).html
            : "\(groups.filter { !$0.1.isEmpty }.html { Card($0.0, items($0.1)).html })"
        return .page(frame.html)
    }

    private func doneNext(_ request: Request) async throws -> Answer {
        let tools = tools
        try await tools.database.write { try Contacts.done(request.parameter("contact"), tools, $0) }
        return .redirect(to: "/staff/next?done=ticked")
    }
}

extension Network {
    /// What waits for people in this room.
    public static func dues(clock: Clock) -> [Due] {
        [
            Due(
                .seeNetwork, "/staff/next", one: "next step is overdue", several: "next steps are overdue",
                count: { asker, session in try NextSteps.overdue(for: asker, on: clock.today, session) }),
            Due(
                .noteAttendance, "/staff/hosting", one: "meeting has no list yet of who was there",
                several: "meetings have no list yet of who was there",
                count: { asker, session in try Gatherings.unnoted(for: asker, on: clock.today, session) }),
        ]
            + agreementDues(clock: clock)
            + callDues(clock: clock)
            + championDues(clock: clock) + rollOutDues(clock: clock)
            + groupDues(clock: clock) + needDues(clock: clock) + requestDues(clock: clock)
    }

    public var dues: [Due] { Network.dues(clock: tools.clock) }
}
