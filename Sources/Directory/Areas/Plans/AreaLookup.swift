internal import Civil
internal import Store

/// The area a setting or a ward belongs to in one scheme on a day.
struct AreaMembership: Sendable, Equatable {
    let hub: Hub
    let scheme: Scheme
    let areaID: String
    let areaName: String
    /// The setting its coordinator works from.
    let baseID: String?

    /// The area's page for everybody.
    var path: String { "\(hub.publicPath)/areas/\(areaID)" }
}

/// Finds the areas in force, for pages about one setting or one ward.
enum AreaLookup {
    /// The areas of a setting on a day, one for each scheme of each hub it belongs to.
    static func areas(ofSetting id: String, on day: Day, _ session: any Session) throws -> [AreaMembership] {
        let members: SQL =
            """
            exists (select 1 from setting s where s.id = \(id) and s.merged_into is null and (
                s.hub_id = h.id or (s.hub_id is null and h.is_sample = 0)) and (
                exists (select 1 from area_ward aw where aw.area_id = a.id and aw.ward_code = s.ward_code)
                or exists (select 1 from area_setting ast where ast.area_id = a.id and ast.setting_id = s.id)))
            """
        return try find(members, on: day, session)
    }

    /// The areas of a ward on a day, one for each scheme that divides wards of each hub it belongs to.
    static func areas(ofWard code: String, on day: Day, _ session: any Session) throws -> [AreaMembership] {
        try find(
            "exists (select 1 from area_ward aw where aw.area_id = a.id and aw.ward_code = \(code))", on: day, session)
    }

    /// The ids of the settings of an area: a search for an area looks only among these.
    static func settings(ofArea id: String, _ session: any Session) throws -> Set<String> {
        let rows = try session.all(
            """
            select s.id from area a join plan p on p.id = a.plan_id join scheme c on c.id = p.scheme_id
            join hub h on h.id = c.hub_id join area_ward aw on aw.area_id = a.id join setting s on s.ward_code = aw.ward_code
            where a.id = \(id) and s.merged_into is null and (s.hub_id = h.id or (s.hub_id is null and h.is_sample = 0))
            union select setting_id from area_setting where area_id = \(id)
            """)
        return Set(rows.map { $0.text("id") })
    }

    private static func find(_ condition: SQL, on day: Day, _ session: any Session) throws -> [AreaMembership] {
        let found: SQL =
            """
            select a.id as area_id, a.name as area_name, a.base_id, c.id as scheme_id, c.name as scheme_name, c.word,
                c.divides, h.id as hub_id, h.name as hub_name, h.slug, h.is_sample, h.opened_at
            from area a join plan p on p.id = a.plan_id join scheme c on c.id = p.scheme_id join hub h on h.id = c.hub_id
            where p.status <> 'draft' and p.from_day <= \(day) and (p.to_day is null or p.to_day > \(day)) and \(condition)
            order by h.is_sample, h.name, c.created_at, c.name
            """
        return try session.all(found).map { row in
            AreaMembership(
                hub: Hub(
                    id: row.text("hub_id"), name: row.text("hub_name"), slug: row.text("slug"),
                    isSample: row.bool("is_sample"),
                    isOpen: row.textOrNil("opened_at") != nil),
                scheme: Scheme(
                    id: row.text("scheme_id"), hubID: row.text("hub_id"), name: row.text("scheme_name"),
                    word: row.text("word"), divides: row.code("divides") ?? .wards),
                areaID: row.text("area_id"), areaName: row.text("area_name"), baseID: row.textOrNil("base_id"))
        }
    }
}
