internal import Civil
internal import Files
internal import House
internal import Page
internal import Store

internal import struct Store.Row

extension Directory {
    /// The published areas as a spreadsheet, of all hubs or of the one named by `hub`.
    func areasCSV(_ request: Request) async throws -> Answer {
        if let odd = request.query.pairs.first(where: { $0.name != "hub" }) {
            throw Refusal.badRequest(
                "Areas cannot be chosen by “\(odd.name)”. Name a hub, such as hub=newham-early-years-hub, or leave it out.")
        }
        let slug = request.query["hub"]
        let today = tools.clock.today
        let bytes = try await tools.database.read { session in
            let hub = try slug.map { try AreaCSV.hub($0, session) }
            return AreaCSV.bytes(of: try AreaCSV.rows(of: hub, from: today, session))
        }
        return .file(bytes, name: "areas.csv", contentType: "text/csv; charset=utf-8")
    }
}

/// Published areas as a table: a line for each ward. Networks divide settings, so each has one line and no ward.
enum AreaCSV {
    /// The hub of this name in addresses. Throws `Refusal.notFound`, naming those there are.
    static func hub(_ slug: String, _ session: any Session) throws -> Hub {
        let all = try Hubs.all(session)
        if let hub = all.first(where: { $0.slug == slug }) { return hub }
        let names = all.isEmpty ? "There is none yet." : "There are: \(all.map(\.slug).joined(separator: ", "))."
        throw Refusal.notFound("No hub has “\(slug)” in its address. \(names)")
    }

    /// What is in force on a day, and after it what is coming; drafts and what is over are left out.
    static func rows(of hub: Hub?, from day: Day, _ session: any Session) throws -> [Row] {
        let which: SQL = hub.map { "and h.id = \($0.id)" } ?? ""
        return try session.all(
            """
            select h.name as hub, c.name as scheme, a.name as area, aw.ward_code, w.name as ward, a.base_id, s.name as base,
                p.from_day, p.to_day
            from plan p join scheme c on c.id = p.scheme_id join hub h on h.id = c.hub_id join area a on a.plan_id = p.id
            left join area_ward aw on aw.area_id = a.id left join ward w on w.code = aw.ward_code
            left join setting s on s.id = a.base_id
            where p.status <> 'draft' and (p.to_day is null or p.to_day > \(day)) \(which)
            order by h.is_sample, h.name, h.id, c.created_at, c.name, c.id, p.from_day, a.position, a.id, w.name, aw.ward_code
            """)
    }

    static func bytes(of rows: [Row]) -> [UInt8] {
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: ["Hub", "Scheme", "Area", "Ward code", "Ward", "Base ID", "Base", "From", "To"])
        for row in rows {
            let texts = ["hub", "scheme", "area", "ward_code", "ward", "base_id", "base", "from_day"].map { row.text($0) }
            // The day on which another plan takes over is no longer this one's.
            writer.write(texts: texts + [row.day("to_day")?.adding(days: -1).iso ?? ""])
        }
        return writer.bytes
    }
}
