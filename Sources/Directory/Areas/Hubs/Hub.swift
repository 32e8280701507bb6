internal import Civil
internal import House
internal import Store

/// An early years hub and the wards it looks after.
struct Hub: Sendable, Equatable {
    let id: String
    let name: String
    /// Its name in addresses.
    let slug: String
    /// An invented hub: its settings are its own, and none of the registers' settings are among them.
    let isSample: Bool
    /// Everybody may see it; until then only its own people (`docs/rules/opening-a-hub.md`).
    let isOpen: Bool

    init(id: String, name: String, slug: String, isSample: Bool, isOpen: Bool = false) {
        self.id = id
        self.name = name
        self.slug = slug
        self.isSample = isSample
        self.isOpen = isOpen
    }

    init(_ row: Row) {
        id = row.text("id")
        name = row.text("name")
        slug = row.text("slug")
        isSample = row.bool("is_sample")
        isOpen = row.textOrNil("opened_at") != nil
    }

    /// Its page for staff.
    var staffPath: String { "/staff/hubs/\(slug)" }
    /// Its page for everybody.
    var publicPath: String { "/hubs/\(slug)" }

    /// Which rows of `setting s` are this hub's: its own, and what the registers have in its wards unless it is invented.
    var settings: SQL {
        let own: SQL = "s.merged_into is null and (s.hub_id = \(id)"
        if isSample { return own + ")" }
        return own
            + " or (s.hub_id is null and s.ward_code in (select ward_code from hub_ward where hub_id = \(id))))"
    }
}

/// The hubs as they stand in the database.
enum Hubs {
    static func all(_ session: any Session) throws -> [Hub] {
        try session.all("select id, name, slug, is_sample, opened_at from hub order by is_sample, name").map(Hub.init)
    }

    /// The hub of this name in addresses. Throws `Refusal.notFound`.
    static func named(_ slug: String, _ session: any Session) throws -> Hub {
        guard let row = try session.first("select id, name, slug, is_sample, opened_at from hub where slug = \(slug)") else {
            throw Refusal.notFound("There is no hub at this address.")
        }
        return Hub(row)
    }

    static func with(id: String, _ session: any Session) throws -> Hub {
        guard let row = try session.first("select id, name, slug, is_sample, opened_at from hub where id = \(id)") else {
            throw Refusal.notFound("There is no such hub.")
        }
        return Hub(row)
    }

    /// Makes a hub with its territory. The name in addresses is made from the name.
    static func create(
        name: String, wards: [String], isSample: Bool = false, _ session: any Session, _ tools: Tools
    ) throws -> Hub {
        try session.lock("eyhub.hub.slug")
        let slug = try Slug.free(name) { try session.count("select count(*) from hub where slug = \($0)") > 0 }
        let hub = Hub(id: tools.ids.next(), name: name, slug: slug, isSample: isSample)
        try session.run(
            """
            insert into hub (id, name, slug, is_sample, created_at)
            values (\(hub.id), \(hub.name), \(hub.slug), \(hub.isSample), \(tools.clock.now))
            """)
        try insert(wards: wards, hub, session)
        try Audit.log(
            session, tools, action: "directory.hub.created", subject: "hub:\(hub.id)",
            after: "\(name): \(wards.count) wards")
        return hub
    }

    /// Gives the hub another name and other wards. Its address stays, because leaflets may carry it.
    static func change(_ hub: Hub, name: String, wards: [String], _ session: any Session, _ tools: Tools) throws {
        let before = try Hubs.wards(of: hub, session)
        try session.run("update hub set name = \(name) where id = \(hub.id)")
        try session.run("delete from hub_ward where hub_id = \(hub.id)")
        try insert(wards: wards, hub, session)
        try Audit.log(
            session, tools, action: "directory.hub.changed", subject: "hub:\(hub.id)",
            before: "\(hub.name): \(before.joined(separator: " "))", after: "\(name): \(wards.joined(separator: " "))")
        // Which settings belong to the hub changes with its wards.
        try Directory.touch(session)
    }

    /// The codes of its wards.
    static func wards(of hub: Hub, _ session: any Session) throws -> [String] {
        try session.all("select ward_code from hub_ward where hub_id = \(hub.id) order by ward_code")
            .map { $0.text("ward_code") }
    }

    private static func insert(wards: [String], _ hub: Hub, _ session: any Session) throws {
        try session.insert(into: "hub_ward", ["hub_id", "ward_code"]) { writer in
            for ward in Set(wards).sorted() { try writer.add([.text(hub.id), .text(ward)]) }
        }
    }
}
