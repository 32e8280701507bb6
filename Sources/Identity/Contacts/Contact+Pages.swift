internal import Civil
internal import House
internal import Page
internal import Store

/// What a person shows to colleagues of their hubs (`docs/rules/contact-cards.md`).
struct ContactCard: Sendable, Equatable {
    var telephone: String?
    var showsEmail: Bool
    var helpsWith: String?

    static let none = ContactCard(telephone: nil, showsEmail: false, helpsWith: nil)

    init(telephone: String?, showsEmail: Bool, helpsWith: String?) {
        self.telephone = telephone
        self.showsEmail = showsEmail
        self.helpsWith = helpsWith
    }

    init(_ row: Row) {
        self.init(telephone: row.textOrNil("telephone"), showsEmail: row.bool("shows_email"), helpsWith: row.textOrNil("helps_with"))
    }

    static func of(_ personID: String, _ session: any Session) throws -> ContactCard {
        try session.first("select * from contact_card where person_id = \(personID)").map(ContactCard.init) ?? .none
    }

    /// Shows this from now on; an empty card shows nothing and is not kept.
    func save(for personID: String, _ tools: Tools, _ session: any Session) throws {
        let before = try ContactCard.of(personID, session)
        if before == self { return }
        try session.run("delete from contact_card where person_id = \(personID)")
        if self != .none {
            try session.run(
                """
                insert into contact_card (person_id, telephone, shows_email, helps_with, agreed_at)
                values (\(personID), \(telephone), \(showsEmail), \(helpsWith), \(tools.clock.now))
                """)
        }
        try Audit.log(
            session, tools, action: "identity.card.changed", subject: "person:\(personID)", before: before.code, after: code)
    }

    /// Which parts are shown, without what they say.
    private var code: String {
        let parts = [telephone.map { _ in "telephone" }, showsEmail ? "email" : nil, helpsWith.map { _ in "helps-with" }]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}

extension Identity {
    /// Who can help with what, among those who said so.
    var contactRoutes: [Route] {
        [
            route(.get, "/account/card", .mindOwnAccount, "What colleagues see of you") {
                try await $0.cardPage($1, errors: FieldErrors())
            },
            route(.post, "/account/card", .mindOwnAccount, "Choose what colleagues see of you") { try await $0.saveCard($1) },
            route(.get, "/staff/contacts", .seeContacts, "Who can help, and how to reach them") { try await $0.contactsPage($1) },
        ]
    }

    private func cardPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let id = request.asker.personID ?? ""
        let card = try await tools.database.read { try ContactCard.of(id, $0) }
        var form = Form.post(
            "/account/card", "Save",
            fields: [
                Field.textArea(
                    "helps_with", "I can help with", hint: "For example: settling in two-year-olds, Makaton, the EYFS profile.", rows: 3
                ).filled(card.helpsWith).optional(),
                Field.telephone("telephone", "My telephone, for colleagues").filled(card.telephone).optional(),
                Field.checkbox("email", "Colleagues may see my e-mail address").filled(card.showsEmail ? "yes" : nil),
            ])
        if request.method == .post { form.values = request.form }
        form.errors = errors
        form.cancel = Link("Leave it as it is", "/account")
        var frame = tools.frame("What colleagues see of you", for: .staff, at: "/account", content: form.html)
        frame.lead = "People of your hubs find you by this. Strangers and funders never do. Empty it, and it is gone."
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.errors = errors
        frame.notices = request.query["done"] == "saved" ? [.success("Saved. Colleagues see it from now on.")] : []
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func saveCard(_ request: Request) async throws -> Answer {
        guard let id = request.asker.personID else { throw Refusal.signIn }
        var reader = FormReader(request.form)
        let card = ContactCard(
            telephone: reader.optionalText("telephone", max: 40), showsEmail: reader.flag("email"),
            helpsWith: reader.optionalText("helps_with", max: 500))
        guard reader.errors.isEmpty else { return try await cardPage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { try card.save(for: id, tools, $0) }
        return .redirect(to: "/account/card?done=saved")
    }

    private func contactsPage(_ request: Request) async throws -> Answer {
        let asker = request.asker
        let book = book
        let words = request.query["q"] ?? ""
        let page = max(1, min(10_000, request.query["page"].flatMap { Int($0) } ?? 1))
        let now = tools.clock.now
        let (people, total) = try await tools.database.read { session in
            let like = "%\(words.lowercased())%"
            let hubs = asker.hats.filter { $0.role != .funder }.compactMap(\.hubID)
            let near: SQL = asker.isAdministrator ? "1 = 1" : "r.hub_id in \(list: hubs)"
            let condition: SQL = """
                p.forgotten_at is null and (lower(p.name) like \(like) or lower(coalesce(c.helps_with, '')) like \(like))
                and exists (select 1 from role r where r.person_id = p.id and r.to_at is null and \(near))
                """
            let rows = try session.all(
                """
                select p.id, p.name, p.email, c.telephone, c.shows_email, c.helps_with from contact_card c join person p on p.id = c.person_id
                where \(condition) order by lower(p.name), p.id limit 30 offset \((page - 1) * 30)
                """)
            return (
                try rows.map { row in
                    let hats = try Roles.hats(of: row.text("id"), at: now, book, session)
                    // Only what they are where the asker is too.
                    return (row, hats.filter { asker.isAdministrator || ($0.hubID.map(hubs.contains) ?? false) })
                },
                try session.count("select count(*) from contact_card c join person p on p.id = c.person_id where \(condition)")
            )
        }
        let cards = people.html { row, hats in Self.contact(row, hats) }
        let filter = FilterForm(
            action: "/staff/contacts", fields: [Field.search("q", "A name, or what you need help with").filled(words)], submit: "Find",
            clear: words.isEmpty ? nil : "/staff/contacts")
        let address = PageAddress("/staff/contacts", words.isEmpty ? [] : [("q", words)])
        var frame = tools.frame("Who can help", for: .staff, at: "/staff/contacts")
        frame.lead = "Colleagues of your hubs who said how to reach them and what they can help with."
        frame.action = Action("Say what you can help with", "/account/card")
        frame.content = """
            \(filter)\(people.isEmpty ? Self.nobody(words).html : cards)\
            \(Paging(page: page, size: 30, total: total, address: address, what: "people"))
            """
        return .page(frame.html)
    }

    private static func nobody(_ words: String) -> EmptyState {
        words.isEmpty
            ? EmptyState(
                "Nobody has said so yet", "Be the first: say what you can help with, and whether colleagues may telephone.",
                action: Action("Say what you can help with", "/account/card"), picture: .people)
            : EmptyState("Nobody fits “\(words)”", "Try another word, or fewer letters.", picture: .people)
    }

    private static func contact(_ row: Row, _ hats: [Hat]) -> HTML {
        let telephone = row.textOrNil("telephone").map { number in
            "<li><a href=\"\(link: "tel:\(number.filter { $0.isNumber || $0 == "+" })")\">\(number)</a></li>" as HTML
        }
        let email: HTML? =
            row.bool("shows_email")
            ? row.textOrNil("email").map { "<li><a href=\"\(link: "mailto:\($0)")\">\($0)</a></li>" } : nil
        let helps: HTML? = row.textOrNil("helps_with").map { "<p>\($0)</p>" }
        return Card(
            row.text("name"),
            """
            <p class="quiet">\(hats.map(\.words).joined(separator: "; "))</p>\(helps)<ul class="listing">\(telephone)\(email)</ul>
            """
        ).html
    }
}
