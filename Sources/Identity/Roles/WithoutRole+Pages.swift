internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// In the address of the list of people: those who have no role, not yet or not any more.
    static let withoutRole = "without-role"

    /// Whose roles one looks through. Who has none belongs to no hub, so they are the administrators' to see.
    func peopleViews(isWithoutRole: Bool) -> Filters? {
        guard tools.asker.isAdministrator else { return nil }
        return Filters(
            "Show",
            [
                Link("With a role", "/staff/people", current: !isWithoutRole),
                Link("Without a role", "/staff/people?show=\(Identity.withoutRole)", current: isWithoutRole),
            ])
    }

    /// People with an account and no role in force, by name: so that they can be corrected, and forgotten.
    func withoutRolePage(_ words: String, _ page: Int) async throws -> Answer {
        let (rows, total) = try await tools.database.read { session in
            let found: SQL = PersonWords.condition(words, person: "p.id").map { "and \($0)" } ?? ""
            let from: SQL = """
                person p where p.forgotten_at is null
                and not exists (select 1 from role r where r.person_id = p.id and r.to_at is null) \(found)
                """
            let rows = try session.all(
                """
                select p.id, p.name, p.email, p.created_at, (select max(r.to_at) from role r where r.person_id = p.id) as ended_at
                from \(from) order by lower(p.name), p.id limit 50 offset \((page - 1) * 50)
                """)
            return (rows, try session.count("select count(*) from \(from)"))
        }
        var table = Table(
            "People without a role",
            columns: [
                Table.Column("Person"), Table.Column("Account since"), Table.Column("Last role ended"),
                Table.Column("What can be done", titleHidden: true),
            ],
            rows: rows.map { row in
                Table.Row([
                    "<bdi>\(row.text("name"))</bdi><br><span class=\"quiet\">\(row.text("email"))</span>",
                    "\(row.instant("created_at")?.dayInLondon.medium ?? "")",
                    "\(row.instant("ended_at")?.dayInLondon.medium ?? "Never had one")",
                    Identity.sideBySide(ways(aboutPerson: row.text("id"), row.text("name"))),
                ])
            })
        table.isCaptionHidden = true
        let view = ("show", Identity.withoutRole)
        let address = PageAddress("/staff/people", [view] + (words.isEmpty ? [] : [("q", words)]))
        table.paging = Paging(page: page, size: 50, total: total, address: address, what: "people")
        table.empty =
            EmptyState(
                words.isEmpty ? "Everybody has a role" : "Nobody found",
                words.isEmpty
                    ? "Whoever has an account and no role, not yet or not any more, stands here."
                    : "Type the beginning of a name or of an address: “kow an” finds Anna Kowalska. Here are only people without a role."
            ).html
        var filter = FilterForm(
            action: "/staff/people", fields: [Field.search("q", "Name or address").filled(words)], submit: "Find",
            clear: words.isEmpty ? nil : PageAddress("/staff/people", [view]).href)
        filter.keep = [view]
        var frame = tools.frame("People", for: .staff, at: "/staff/people", content: "\(peopleViews(isWithoutRole: true))\(filter)\(table)")
        frame.lead = "Who has an account and no role: they can sign in, and see nothing of others. Invite them again to give them one."
        frame.action = Action("Invite people", "/staff/people/invite")
        return .page(frame.html)
    }
}
