internal import Civil
public import House
internal import Store

/// How much of what a hub needs to know is known (`docs/rules/completeness.md`).
///
/// A setting's score is the share of six facts known: name, ward, address or (for a home) ward again, places, a way to reach
/// it, and a latest inspection. An area's score is the mean of its settings'.
public enum Completeness {
    static let factCount = 6

    /// How many of the facts are known of `setting s`.
    static let known: SQL = """
        (case when s.name is not null then 1 else 0 end
        + case when s.ward_code is not null then 1 else 0 end
        + case when s.is_home = 1 and s.ward_code is not null or s.address is not null and s.postcode is not null then 1 else 0 end
        + case when coalesce(s.places, 0) > 0 then 1 else 0 end
        + case when s.telephone is not null or s.email is not null then 1 else 0 end
        + case when s.outcome is not null then 1 else 0 end)
        """

    /// The settings that count: open or in doubt, for children under five, a public register's or a hub's own.
    static let counted: SQL = "s.merged_into is null and s.status <> 'closed' and s.is_early_years = 1 and s.is_secret = 0"

    struct Line: Sendable {
        /// `all`, `authority:CODE` or `area:ID`.
        let scope: String
        let type: String
        let settings: Int
        let score: Double
    }

    /// The scores as they are now, by authority and by published area, each by type and over all types (`all`).
    static func now(on today: Day, in session: any Session) throws -> [Line] {
        var totals: [String: (settings: Int, known: Int)] = [:]
        func add(_ scope: String, _ row: Row) {
            for type in [row.text("type"), "all"] {
                let key = "\(scope)\n\(type)"
                let held = totals[key] ?? (0, 0)
                totals[key] = (held.settings + row.int("settings"), held.known + row.int("known"))
            }
        }
        for row in try session.all(
            """
            select s.authority_code as code, s.type, count(*) as settings, sum(\(known)) as known
            from setting s where s.hub_id is null and \(counted) group by s.authority_code, s.type
            """)
        {
            add("all", row)
            if let code = row.textOrNil("code") { add("authority:\(code)", row) }
        }
        for row in try session.all(
            """
            select a.id, s.type, count(*) as settings, sum(\(known)) as known from area a
            join plan p on p.id = a.plan_id join scheme sc on sc.id = p.scheme_id join hub h on h.id = sc.hub_id
            join area_ward aw on aw.area_id = a.id join setting s on s.ward_code = aw.ward_code
            where p.status = 'published' and p.from_day <= \(today) and (p.to_day is null or p.to_day > \(today))
                and (s.hub_id = h.id or h.is_sample = 0 and s.hub_id is null) and \(counted) group by a.id, s.type
            """)
        { add("area:\(row.text("id"))", row) }
        return totals.sorted { $0.key < $1.key }.map { key, total in
            let parts = key.split(separator: "\n").map(String.init)
            return Line(
                scope: parts[0], type: parts.count > 1 ? parts[1] : "all", settings: total.settings,
                score: Double(total.known) / Double(max(1, total.settings * factCount)))
        }
    }

    /// Keeps today's scores, in place of any kept earlier today.
    public static func record(_ tools: Tools) async throws {
        let today = tools.clock.today
        try await tools.database.write { session in
            let lines = try now(on: today, in: session)
            try session.run("delete from completeness where on_day = \(today)")
            try session.insert(into: "completeness", ["on_day", "scope", "type", "settings", "score"]) { writer in
                for line in lines {
                    try writer.add([
                        .text(today.iso), .text(line.scope), .text(line.type), .int(line.settings), .real(line.score),
                    ])
                }
            }
        }
    }
}
