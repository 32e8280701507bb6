internal import Civil
public import House
internal import Page
internal import Store

/// The demonstration's own people: invented, one for each kind of role, on the invented hub. They have no passphrase and their addresses
/// lead nowhere (example.org); the only way in is the demonstration's one click.
public enum DemoPeople {
    struct Account: Sendable {
        let key: String
        let name: String
        let role: Role
        /// A second hat, over the hub.
        var also: Role?
    }

    static let all: [Account] = [
        Account(key: "administrator", name: "Ada Okafor", role: .administrator),
        Account(key: "hub-lead", name: "Leila Haddad", role: .hubLead),
        Account(key: "coordinator", name: "Colm Brennan", role: .coordinator, also: .mentor),
        Account(key: "champion", name: "Chidi Nwosu", role: .champion),
        Account(key: "mentor", name: "Maya Patel", role: .mentor),
        Account(key: "adviser", name: "Alison Reed", role: .adviser),
        Account(key: "health-partner", name: "Hana Suzuki", role: .healthPartner),
        Account(key: "steering", name: "Stefan Kowalski", role: .steering),
        Account(key: "manager", name: "Moira Campbell", role: .manager),
        Account(key: "childminder", name: "Yasmin Begum", role: .practitioner),
        Account(key: "funder", name: "Frances Osei", role: .funder),
    ]

    /// What some of them show to colleagues; the numbers are Ofcom's for drama.
    private static let cards: [String: ContactCard] = [
        "champion": ContactCard(
            telephone: "020 7946 0321", showsEmail: true, helpsWith: "Settling in two-year-olds. Talking with parents about funded hours."),
        "mentor": ContactCard(telephone: nil, showsEmail: true, helpsWith: "Early communication, Makaton, observing children at play."),
        "childminder": ContactCard(
            telephone: "020 7946 0322", showsEmail: false, helpsWith: "Starting as a childminder; mixed ages at mealtimes."),
    ]

    static func email(_ account: Account) -> String { "\(account.key)@demo.example.org" }

    /// Makes those that are not there yet, with their roles over the hub of that id. Returns how many there are.
    public static func make(hub: String, _ tools: Tools, _ book: PlaceBook) async throws -> Int {
        try await tools.database.write { session in
            let area = try book.areas(hub, session).first?.id
            let settings = try book.settings(hub, "", session)
            for account in all {
                let isNew = try People.with(email: email(account), session) == nil
                let person = try People.findOrMake(name: account.name, email: email(account), tools, session)
                let grant: RoleGrant? =
                    switch account.role.level {
                    case .installation: RoleGrant(account.role)
                    case .hub: RoleGrant(account.role, hub: hub, sector: account.role == .steering ? "Schools" : nil)
                    case .area: area.map { RoleGrant(account.role, hub: hub, area: $0) }
                    case .setting: settings.first.map { RoleGrant(account.role, hub: hub, setting: $0.id) }
                    }
                if let grant { try Roles.give(grant, to: person.id, tools, session) }
                if isNew { try cards[account.key]?.save(for: person.id, tools, session) }
                if let also = account.also { try Roles.give(RoleGrant(also, hub: hub), to: person.id, tools, session) }
            }
            return all.count
        }
    }
}

extension Identity {
    /// One click into each of the demonstration's accounts. Only the `demo` command offers it, and only on this machine.
    var demoRoutes: [Route] {
        [route(.post, "/demo/sign-in", .arrive, "Enter the demonstration as one of its people") { try await $0.enterDemo($1) }]
    }

    var demoCard: HTML {
        let buttons = DemoPeople.all.html { account in
            "<li>\(Button("\(account.name), \(account.role.name.lowercased())", action: "/demo/sign-in", hidden: [("account", account.key)], style: .quiet))</li>"
        }
        return Card(
            "This is a demonstration",
            "<p>Everybody in it is invented. Enter as any of them with one press; this works on this machine only.</p><ul class=\"listing\">\(buttons)</ul>"
        ).html
    }

    private func enterDemo(_ request: Request) async throws -> Answer {
        guard let account = DemoPeople.all.first(where: { $0.key == request.form["account"] }) else {
            throw Refusal.notFound("The demonstration has nobody of this name.")
        }
        let tools = tools
        let cookie = try await tools.database.write { session -> String? in
            guard let person = try People.with(email: DemoPeople.email(account), session) else { return nil }
            try Audit.log(session, tools, action: "identity.signed-in.demo", subject: "person:\(person.id)", who: "person:\(person.id)")
            return try Sessions.begin(
                for: person.id, device: request.origin.device, isShared: false, secondStepAt: tools.clock.now, tools, session)
        }
        guard let cookie else { throw Refusal.notFound("The demonstration’s people are not made yet. Start it with “eyhub demo”.") }
        return enter(cookie, next: "")
    }
}
