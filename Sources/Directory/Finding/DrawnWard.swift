internal import Page
internal import Store

/// A ward as it is drawn. Boundaries are for pictures only: which ward a setting is in, its postcode says.
struct DrawnWard: Sendable {
    let code: String
    let name: String
    let authorityCode: String
    let middle: LonLat
    let rings: [[LonLat]]

    /// The wards of these codes that have a boundary, by name.
    static func load(_ codes: [String], in session: any Session) throws -> [DrawnWard] {
        try session.all("select * from ward where code in \(list: codes) order by name, code").map(DrawnWard.init)
    }

    init(_ row: Row) {
        code = row.text("code")
        name = row.text("name")
        authorityCode = row.text("authority_code")
        middle = LonLat(row.realOrNil("longitude") ?? 0, row.realOrNil("latitude") ?? 0)
        rings = WardShape(text: row.text("shape")).drawn
    }
}
