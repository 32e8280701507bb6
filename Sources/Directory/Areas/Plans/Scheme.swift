internal import Civil
internal import House
internal import Store

/// One way of dividing a hub. Several stand side by side: mini-hubs and quadrants and school networks.
struct Scheme: Sendable, Equatable {
    /// What each area is made of.
    enum Divides: String, CaseIterable, Bindable, Sendable {
        /// Whole wards, drawn so that each area hangs together.
        case wards
        /// Settings, each going to the nearest anchor school.
        case settings
    }

    let id: String
    let hubID: String
    let name: String
    /// What one of its areas is called: "mini-hub", "quadrant", "network", "cluster".
    let word: String
    let divides: Divides

    init(id: String, hubID: String, name: String, word: String, divides: Divides) {
        self.id = id
        self.hubID = hubID
        self.name = name
        self.word = word
        self.divides = divides
    }

    init(_ row: Row) {
        self.init(
            id: row.text("id"), hubID: row.text("hub_id"), name: row.text("name"), word: row.text("word"),
            divides: row.code("divides") ?? .wards)
    }

    /// "4 mini-hubs", "1 network", "3 cities".
    func counted(_ number: Int) -> String { "\(number) \(number == 1 ? word : plural)" }

    /// The word for several, by the common rules of English.
    var plural: String {
        if let last = word.last, last == "y", let before = word.dropLast().last, !"aeiou".contains(before) {
            return "\(word.dropLast())ies"
        }
        let takesES: [String] = ["s", "x", "ch", "sh"]
        return takesES.contains { word.hasSuffix($0) } ? "\(word)es" : "\(word)s"
    }
}

/// The schemes as they stand in the database.
enum Schemes {
    static func of(_ hub: Hub, _ session: any Session) throws -> [Scheme] {
        try session.all(
            "select id, hub_id, name, word, divides from scheme where hub_id = \(hub.id) order by created_at, name"
        ).map(Scheme.init)
    }

    /// The scheme of this id. Throws `Refusal.notFound`.
    static func with(id: String, _ session: any Session) throws -> Scheme {
        guard let row = try session.first("select id, hub_id, name, word, divides from scheme where id = \(id)") else {
            throw Refusal.notFound("There is no such way of dividing this hub.")
        }
        return Scheme(row)
    }

    static func create(
        name: String, word: String, divides: Scheme.Divides, for hub: Hub, _ session: any Session, _ tools: Tools
    ) throws -> Scheme {
        let scheme = Scheme(id: tools.ids.next(), hubID: hub.id, name: name, word: word, divides: divides)
        try session.run(
            """
            insert into scheme (id, hub_id, name, word, divides, created_at)
            values (\(scheme.id), \(hub.id), \(name), \(word), \(divides), \(tools.clock.now))
            """)
        try Audit.log(
            session, tools, action: "directory.scheme.created", subject: "scheme:\(scheme.id)",
            after: "\(hub.name): \(name)", hub: hub.id)
        return scheme
    }
}
