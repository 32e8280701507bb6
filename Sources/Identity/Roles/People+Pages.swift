internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Who is in the hub, and what they are.
    var peopleRoutes: [Route] {
        [
            route(.get, "/staff/people", .seePeople, "People and their roles") { try await $0.peoplePage($1) },
            route(.get, "/staff/people/roles/{role}/end", .invitePeople, "Ask before a role ends", at: Self.atRole) {
                try await $0.confirmEnd($1)
            },
            route(.post, "/staff/people/roles/{role}/end", .invitePeople, "End a role", at: Self.atRole) { try await $0.endRole($1) },
            route(.post, "/staff/people/roles/{role}/last-day", .invitePeople, "Set the last day of a role", at: Self.atRole) {
                try await $0.setLastDay($1)
            },
            route(
                .post, "/staff/people/roles-to-come/{coming}/take-back", .invitePeople, "Take back a role that has not begun",
                at: Self.atRoleToCome
            ) { try await $0.takeBackRole($1) },
        ]
    }

    /// Where a role is held: the place of whoever may end it. An administrator's role is of no hub.
    static func atRole(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let row = try session.first("select * from role where id = \(request.parameter("role"))") else {
            throw Refusal.notFound("There is no such role.")
        }
        return whereabouts(of: RoleGrant(row))
    }

    static func whereabouts(of grant: RoleGrant) -> Whereabouts {
        // Never `several`: an administrator's role is given by administrators only.
        Whereabouts(hubs: grant.hubID.map { [$0] } ?? [], areas: grant.areaID.map { [$0] } ?? [], settingID: grant.settingID)
    }

    /// The rows of `role r`, or of `invitation r`, that somebody may see.
    static func visibleRoles(to asker: Asker, byHub: Bool = false) -> SQL {
        if asker.isAdministrator { return "1 = 1" }
        let team = asker.hats.filter { Deed.seePeople.reaches[$0.role] == .ownHub }.compactMap(\.hubID)
        let settings = asker.hats.filter { Deed.seePeople.reaches[$0.role] == .ownSetting }.compactMap(\.settingID)
        // Only what there is to ask for: with an empty half beside it an engine looks everybody up twice.
        var parts: [SQL] = []
        // Nearly everybody is in the hub: its index would lead an engine to look through all of them again for each person. Only who
        // counts them is helped by it.
        if !team.isEmpty { parts.append(byHub ? "r.hub_id in \(list: team)" : "r.hub_id || '' in \(list: team)") }
        if !settings.isEmpty { parts.append("r.setting_id in \(list: settings)") }
        return parts.isEmpty ? "1 = 0" : "(\(SQL.join(parts, separator: " or ")))"
    }

    /// A page of fifty roles that somebody may see, by name, and how many there are in all.
    private static func roles(seenBy asker: Asker, named words: String, page: Int, _ session: any Session) throws -> ([Row], Int) {
        let visible = visibleRoles(to: asker)
        // Who sees everybody reads the names in their order, or the few found, and then their roles; who sees one setting its few roles.
        let seesMany = asker.isAdministrator || asker.hats.contains { Deed.seePeople.reaches[$0.role] == .ownHub }
        let joined: SQL =
            seesMany ? "person p cross join role r where r.person_id = p.id" : "role r join person p on p.id = r.person_id where 1 = 1"
        let named = PersonWords.condition(words, person: "p.id")
        let found: SQL = named.map { "and \($0)" } ?? ""
        let from: SQL = "\(joined) and r.to_at is null and p.forgotten_at is null and \(visible) \(found)"
        // Few are found by a name, so they are counted while they are read.
        let total: SQL = named == nil ? "" : ", count(*) over () as found"
        let rows = try session.all(
            """
            select r.*, p.name, p.email\(total) from \(from)
            order by lower(p.name), p.id, r.from_at limit 50 offset \((page - 1) * 50)
            """)
        if named != nil, let first = rows.first { return (rows, first.int("found")) }
        // Who is forgotten has no role any more, so that counting needs no look at people.
        let all: SQL = "role r where r.to_at is null and \(visibleRoles(to: asker, byHub: true))"
        let counted = named == nil ? all : from
        return (rows, try session.count("select count(*) from \(counted)"))
    }

    private func peoplePage(_ request: Request) async throws -> Answer {
        let asker = request.asker
        let book = book
        let words = request.query["q"] ?? ""
        let page = max(1, min(100_000, request.query["page"].flatMap { Int($0) } ?? 1))
        if asker.isAdministrator, request.query["show"] == Identity.withoutRole { return try await withoutRolePage(words, page) }
        let now = tools.clock.now
        let (rows, total, waiting, coming) = try await tools.database.read { session in
            let (rows, total) = try Identity.roles(seenBy: asker, named: words, page: page, session)
            let names = try ScopeNames(rows.map(RoleGrant.init), book, session)
            let lines = rows.map { row in
                (
                    row: row, over: names.name(of: RoleGrant(row)),
                    mayEnd: asker.may(.invitePeople, at: Identity.whereabouts(of: RoleGrant(row)))
                )
            }
            let coming = try RolesToCome.seen(by: asker, book, session)
            let waiting = try session.all(
                """
                select r.* from invitation r where r.accepted_at is null and r.withdrawn_at is null and r.expires_at > \(now)
                and \(Identity.visibleRoles(to: asker)) order by r.created_at desc limit 100
                """)
            let places = try ScopeNames(waiting.map(RoleGrant.init), book, session)
            return (lines, total, waiting.map { ($0, places.name(of: RoleGrant($0))) }, coming)
        }
        let mayInvite = asker.may(.invitePeople)
        var table = Table(
            "People and their roles",
            columns: [
                Table.Column("Person"), Table.Column("Role"), Table.Column("Over"), Table.Column("Since"),
                Table.Column("End", titleHidden: true),
            ],
            rows: rows.map { line in
                let role: Role = line.row.code("role") ?? .practitioner
                return Table.Row([
                    "<bdi>\(line.row.text("name"))</bdi><br><span class=\"quiet\">\(line.row.text("email"))</span>", "\(role.name)",
                    "\(line.over)", "\(line.row.instant("from_at")?.dayInLondon.medium ?? "")\(Identity.until(line.row))",
                    "\(ways(line.row, role, mayEnd: line.mayEnd))",
                ])
            })
        table.isCaptionHidden = true
        let address = PageAddress("/staff/people", words.isEmpty ? [] : [("q", words)])
        table.paging = Paging(page: page, size: 50, total: total, address: address, what: "roles")
        table.empty =
            EmptyState(
                words.isEmpty ? "Nobody here yet" : "Nobody found",
                words.isEmpty
                    ? "Invite the people you work with. Each gets a letter, says yes, and is what the invitation says, for as long as it says."
                    : "Type the beginning of a name or of an address: “kow an” finds Anna Kowalska. Who was invited and has not answered, and who has no role any more, is not in this list.",
                action: mayInvite ? Action("Invite people", "/staff/people/invite") : nil
            ).html
        let filter = FilterForm(
            action: "/staff/people", fields: [Field.search("q", "Name or address").filled(words)], submit: "Find",
            clear: words.isEmpty ? nil : "/staff/people")
        let open: HTML? = waiting.isEmpty ? nil : waitingCard(waiting, asker).html
        let later: HTML? = coming.isEmpty ? nil : comingCard(coming).html
        var frame = tools.frame(
            "People", for: .staff, at: "/staff/people", content: "\(open)\(later)\(peopleViews(isWithoutRole: false))\(filter)\(table)")
        frame.lead = "Who is in the network, what they are, and since when."
        frame.action = mayInvite ? Action("Invite people", "/staff/people/invite") : nil
        frame.notices = PeopleNotices.done(request.query)
        return .page(frame.html)
    }

    /// What whoever looks may do about a role and whose it is.
    private func ways(_ row: Row, _ role: Role, mayEnd: Bool) -> HTML {
        let name = row.text("name")
        var ways = ways(aboutPerson: row.text("person_id"), name)
        if mayEnd {
            ways.append("<a href=\"/staff/people/roles/\(segment: row.text("id"))/end\">End\(unseen(": \(name), \(role.name)"))</a>")
        }
        return Identity.sideBySide(ways)
    }

    /// What may be done about a person, whatever they are.
    func ways(aboutPerson id: String, _ name: String) -> [HTML] {
        let path: HTML = "/staff/people/\(segment: id)"
        var ways: [HTML] = []
        if tools.asker.isAdministrator {
            ways += [
                "<a href=\"\(path)/second-step\">Lost telephone\(unseen(": \(name)"))</a>",
                "<a href=\"\(path)/correct\">Correct\(unseen(" \(name)"))</a>",
                "<a href=\"\(path)/forget\">Forget\(unseen(" \(name)"))</a>",
            ]
        }
        if let trail = trailLink(ofPerson: id, name) { ways.append(trail) }
        return ways
    }

    static func sideBySide(_ ways: [HTML]) -> HTML { ways.indices.map { $0 == 0 ? ways[0] : " · \(ways[$0])" }.joined }

    private func waitingCard(_ rows: [(row: Row, over: String)], _ asker: Asker) -> Card {
        let items = rows.html { row, over in
            let role: Role = row.code("role") ?? .practitioner
            var button = Button("Take back", action: "/staff/people/invitations/\(row.text("id"))/withdraw", style: .small)
            button.about = "the invitation of \(row.text("name"))"
            let taking = asker.may(.invitePeople, at: Identity.whereabouts(of: RoleGrant(row))) ? button.html : nil
            return """
                <li><bdi>\(row.text("name"))</bdi> <span class="quiet">\(row.text("email"))</span>, \(role.name), \
                <bdi>\(over)</bdi>\(RoleTime(row).words(on: tools.clock.today)), \
                open until \(row.instant("expires_at")?.dayInLondon.medium ?? "") \(taking)</li>
                """
        }
        return Card("Invited, no answer yet", "<ul class=\"listing\">\(items)</ul>")
    }

    /// What a role is held over, in words.
    static func over(_ grant: RoleGrant, _ book: PlaceBook, _ session: any Session) throws -> String {
        try ScopeNames([grant], book, session).name(of: grant)
    }
}

/// Words shown once after something was done, told by the address.
enum PeopleNotices {
    /// How many of a list were invited, and what became of the others.
    private static func invited(_ query: FormData) -> String {
        func count(_ name: String) -> Int { max(0, query[name].flatMap { Int($0) } ?? 0) }
        func people(_ count: Int) -> String { count == 1 ? "One person" : "\(count) people" }
        var sentences: [String] = []
        switch count("sent") {
        case 0: sentences.append("Nobody was invited.")
        case 1: sentences.append("One person is invited, by a letter with a link. You see here until they have answered.")
        case let sent: sentences.append("\(sent) people are invited, each by a letter with a link. You see here who has not answered yet.")
        }
        let already = count("already")
        if already > 0 {
            sentences.append("\(people(already)) of your list \(already == 1 ? "is" : "are") that already, and got no letter.")
        }
        let doubles = count("doubles")
        if doubles > 0 {
            sentences.append(
                "\(doubles == 1 ? "One address" : "\(doubles) addresses") stood there more than once, and \(doubles == 1 ? "counts" : "count") once."
            )
        }
        return sentences.joined(separator: " ")
    }

    static func done(_ query: FormData) -> [Notice] {
        let words: String? =
            switch query["done"] {
            case "ended": "The role has ended."
            case "last-day": "The last day is set. They were told."
            case "no-last-day": "The role goes on until somebody ends it. They were told."
            case "coming-back": "Taken back. It will not begin."
            case "corrected": "Corrected. They got a letter about it."
            case "forgotten": "Forgotten. What had to stay is without the name."
            case "invited": invited(query)
            case "answered": "It was answered or taken back before you pressed. Nothing is changed."
            case "second-step": "Taken away. They set up a new one when they next sign in."
            case "withdrawn": "The invitation is taken back."
            default: nil
            }
        return words.map { [.success($0)] } ?? []
    }
}
