internal import Civil
internal import House
internal import Planning
internal import Store

extension SampleSettings {
    /// What stands in `load_id` of facts that no file brought.
    static let loadID = "sample"

    func insert(_ rows: [SampleSetting], _ session: any Session) throws {
        let now = tools.clock.now.bound
        let today = tools.clock.today
        var dice = SampleDice(seed: 7)
        try session.insert(into: "setting", SettingRow.columns) { writer in
            for row in rows {
                let checked = today.adding(days: -dice.number(1...400))
                try writer.add([
                    .text(row.id), .text(hub.id), row.type.bound, row.name.bound, .text(SortKey.of(row.name)),
                    row.address.bound, row.town.bound, row.postcode.bound, .text(row.point == nil ? "ward" : "hand"),
                    (row.point?.latitude).bound, (row.point?.longitude).bound, .text(row.ward), .null,
                    .text(authorityCode), .text(row.authority), row.places.bound, row.type.isHome.bound, false.bound,
                    row.isEarlyYears.bound, row.registers.bound, .text("open"), (row.latest?.outcome).bound,
                    (row.latest?.day).bound, row.telephone.bound, row.email.bound,
                    row.website.bound, .int(version), now, now, checked.bound,
                ])
            }
        }
    }

    /// Their entries on the hub's own list, under numbers that no official register has, with the inspections.
    func register(_ rows: [SampleSetting], _ inspections: [String: [Inspection]], _ session: any Session) throws {
        let columns: [StaticString] = [
            "register", "urn", "setting_id", "first_load", "last_load", "seen_day", "fingerprint", "name", "kind",
            "registers",
            "places", "address", "town", "postcode", "authority_name", "telephone", "email", "website",
        ]
        let load = Value.text(SampleSettings.loadID)
        let today = tools.clock.today
        func urn(_ number: Int) -> String { "FQ\(10_000 + number)" }
        try session.insert(into: "registration", columns) { writer in
            for (number, row) in rows.enumerated() {
                try writer.add([
                    .text(Register.list.rawValue), urn(number).bound, .text(row.id), load, load, today.bound, .text("sample"),
                    row.name.bound, .text(row.type.name), row.registers.bound, row.places.bound, row.address.bound,
                    row.town.bound, row.postcode.bound, row.authority.bound, row.telephone.bound, row.email.bound,
                    row.website.bound,
                ])
            }
        }
        try RegisterPlace.keep(
            rows.enumerated().map { number, row in
                let own = Place(
                    latitude: row.point?.latitude, longitude: row.point?.longitude, ward: row.ward,
                    basis: row.point == nil ? .ward : .register)
                return (urn(number), own)
            }, .list, in: session)
        let visits = BulkRows(for: session.engine, columns: Inspection.columns.count)
        for (number, row) in rows.enumerated() {
            for inspection in inspections[row.id] ?? [] {
                inspection.add(to: visits, .list, urn(number), load: SampleSettings.loadID)
            }
        }
        try session.insert(into: "inspection", Inspection.columns, visits)
    }

    /// Most group settings agreed to show a telephone number; a third of the childminders agreed to be named.
    func agree(_ rows: [SampleSetting], _ session: any Session, _ dice: inout SampleDice) throws {
        let from = tools.clock.now.bound
        try session.insert(into: "agreed_field", ["setting_id", "field", "from_at"]) { writer in
            func add(_ row: SampleSetting, _ field: AgreedField) throws {
                try writer.add([.text(row.id), field.bound, from])
            }
            for row in rows {
                let says = dice.number(0...99)
                if row.type.isHome {
                    guard says < 33 else { continue }
                    try add(row, .name)
                    if row.telephone != nil, says < 25 { try add(row, .telephone) }
                    continue
                }
                if row.telephone != nil, says < 75 { try add(row, .telephone) }
                if row.email != nil, says < 55 { try add(row, .email) }
                if row.website != nil, says < 90 { try add(row, .website) }
            }
        }
    }
}
