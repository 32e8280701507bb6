internal import Civil
internal import Store

/// Stored settings whose place the rule (`Placing`) now finds elsewhere.
enum PlacedAgain {
    /// Those of these settings whose place differs from the one they have, with the new one.
    static func moved(_ ids: [String], in session: any Session) throws -> [SettingRow] {
        let own = try RegisterPlace.of(settings: ids, in: session)
        let hand = try corrections(of: ids, in: session)
        var settings: [SettingRow] = []
        var seen: Set<String> = []
        try Batch.each(ids) { batch in
            for row in try session.all("select * from setting where id in \(keys: batch)")
            where seen.insert(row.text("id")).inserted { settings.append(SettingRow(row)) }
        }
        let places = try PlaceFinder(session: session).find(Set(settings.compactMap { $0.isSecret ? nil : $0.postcode }))
        return settings.compactMap { before in
            let byHand = hand[before.id] ?? [:]
            var setting = before
            setting.settle(
                Placing.place(
                    Placing.Known(
                        postcode: before.postcode.flatMap { places[$0] },
                        own: own[before.id] ?? rememberedWard(before),
                        isPostcodeByHand: byHand["postcode"] != nil, wardByHand: byHand["ward_code"])))
            setting.place.authority = nil
            return setting == before ? nil : setting
        }
    }

    /// The ward of a setting that no register or list placed, such as one staff added. One that came with a postcode does not
    /// count: the postcode may be another now.
    private static func rememberedWard(_ setting: SettingRow) -> Place? {
        guard let ward = setting.place.ward else { return nil }
        switch setting.place.basis {
        case .ward, .sector, .none, .hand: return Place(ward: ward, basis: .ward)
        case .live, .terminated, .register: return nil
        }
    }

    /// The postcodes and wards that staff set and that stand, by setting and field.
    private static func corrections(of ids: [String], in session: any Session) throws -> [String: [String: String]] {
        var found: [String: [String: String]] = [:]
        try Batch.each(ids) { batch in
            let rows = try session.all(
                """
                select setting_id, field, value from correction
                where undone_at is null and field in ('postcode', 'ward_code') and setting_id in \(keys: batch)
                """)
            for row in rows { found[row.text("setting_id"), default: [:]][row.text("field")] = row.textOrNil("value") }
        }
        return found
    }
}

extension SettingRow {
    /// Writes where settings are, all with one statement.
    static func writePlaces(_ settings: [SettingRow], in session: any Session, version: Int, now: Instant) throws {
        try session.run("delete from setting_draft")
        try session.insert(into: "setting_draft", draftColumns) { writer in
            for setting in settings { try writer.add(setting.draftValues) }
        }
        try session.run(
            """
            update setting set place_basis = d.place_basis, latitude = d.latitude, longitude = d.longitude,
                ward_code = d.ward_code, lsoa_code = d.lsoa_code, authority_code = d.authority_code, version = \(version),
                updated_at = \(now)
            from setting_draft d where d.id = setting.id
            """)
        try session.run("delete from setting_draft")
    }
}
