internal import Planning
internal import Store

/// Where a search is to look: what the postcode, hub and area it names come to.
struct FinderScope: Sendable {
    var centre: GeoPoint?
    /// The authority the postcode lies in.
    var authority: String?
    var wards: Set<String>?
    /// Settings that belong besides the wards, such as the members of a network.
    var settings: Set<String>?
    /// Whose own settings are seen besides the register's.
    var hubID: String?
    var hubName: String?
    var areaName: String?
    var includesRegister = true
    /// What could not be resolved, in words for the person who asked, by form field.
    var problems: [(field: String, message: String)] = []

    /// A full postcode typed where the name goes is taken as the place to search near.
    static func placeInsteadOfName(_ asked: SettingSearch) -> SettingSearch {
        guard asked.near.isEmpty, let postcode = Postcode(asked.name) else { return asked }
        var search = asked
        search.near = postcode.text
        search.name = ""
        return search
    }

    /// Looks up the postcode, hub and area that a search names; nothing else of it matters.
    static func resolve(_ search: SettingSearch, in session: any Session) throws -> FinderScope {
        var scope = FinderScope()
        if !search.near.isEmpty { try scope.place(near: search.near, in: session) }
        if let hub = search.hub { try scope.narrow(toHub: hub, in: session) }
        if let area = search.area { try scope.narrow(toArea: area, in: session) }
        return scope
    }

    private mutating func place(near text: String, in session: any Session) throws {
        let row: Row?
        if let postcode = Postcode(text) {
            row =
                try session.first("select latitude, longitude, authority_code from postcode where postcode = \(postcode.text)")
                ?? session.first("select latitude, longitude, authority_code from postcode_sector where sector = \(postcode.sector)")
        } else if let outward = Outcode(text) {
            row = try session.first(
                """
                select avg(latitude) as latitude, avg(longitude) as longitude from postcode_sector
                where sector between \(outward.text + " ") and \(outward.text + " 9")
                """)
        } else {
            problems.append(("near", "Write a postcode such as E15 4QZ, or its first half such as E15."))
            return
        }
        if let latitude = row?.realOrNil("latitude"), let longitude = row?.realOrNil("longitude") {
            centre = GeoPoint(latitude: latitude, longitude: longitude)
            authority = row?.textOrNil("authority_code")
        } else {
            problems.append(("near", "This postcode is not one we know. Check it, or choose the area instead."))
        }
    }

    private mutating func narrow(toHub slug: String, in session: any Session) throws {
        guard let hub = try session.first("select id, name, is_sample from hub where slug = \(slug)") else {
            problems.append(("hub", "There is no hub of this name."))
            return
        }
        hubID = hub.text("id")
        hubName = hub.text("name")
        includesRegister = !hub.bool("is_sample")
        wards = Set(
            try session.all("select ward_code from hub_ward where hub_id = \(hub.text("id"))").map { $0.text("ward_code") })
    }

    private mutating func narrow(toArea id: String, in session: any Session) throws {
        guard
            let area = try session.first(
                """
                select a.name, s.hub_id, h.name as hub_name, h.is_sample from area a join plan p on p.id = a.plan_id
                join scheme s on s.id = p.scheme_id join hub h on h.id = s.hub_id where a.id = \(id)
                """)
        else {
            problems.append(("area", "There is no area of this name."))
            return
        }
        areaName = area.text("name")
        hubID = area.text("hub_id")
        hubName = area.text("hub_name")
        includesRegister = !area.bool("is_sample")
        wards = nil
        let inWards = try session.all("select ward_code from area_ward where area_id = \(id)").map { $0.text("ward_code") }
        let members = try session.all("select setting_id from area_setting where area_id = \(id)").map { $0.text("setting_id") }
        if !inWards.isEmpty { wards = Set(inWards) }
        settings = Set(members)
    }
}

/// The first half of a postcode: `E15`.
struct Outcode {
    let text: String

    init?(_ written: String) {
        // Any inward half makes it a postcode if it is an outward half.
        guard let postcode = Postcode(written + "1AA") else { return nil }
        text = String(postcode.outward)
    }
}
