internal import House
internal import Store

/// Finds wards by the names a list uses. Names repeat between authorities, so the hub's own wards come first, then those of
/// the authority most of the list lies in.
struct ListWards {
    struct Ward: Sendable {
        let code: String
        let authority: String
        let authorityName: String?
        let edition: String
    }

    private var byName: [String: [Ward]] = [:]
    private var byCode: [String: Ward] = [:]
    private var ofHub: Set<String> = []
    private var home: String?

    init(_ session: any Session, hub: String?, rows: [ListRow]) throws {
        if rows.allSatisfy({ $0.ward == nil }) { return }
        try session.each(
            """
            select w.code, w.name, w.authority_code, w.edition, a.name as authority from ward w
            left join authority a on a.code = w.authority_code
            """
        ) { row in
            let ward = Ward(
                code: row.text("code"), authority: row.text("authority_code"),
                authorityName: row.textOrNil("authority"),
                edition: row.text("edition"))
            byCode[ward.code] = ward
            byName[ListWards.key(row.text("name")), default: []].append(ward)
        }
        if let hub {
            for row in try session.all("select ward_code from hub_ward where hub_id = \(hub)") {
                ofHub.insert(row.text("ward_code"))
            }
        }
        var votes: [String: Int] = [:]
        for row in rows {
            guard let name = row.ward else { continue }
            for authority in Set((byName[ListWards.key(name)] ?? []).map(\.authority)) {
                votes[authority, default: 0] += 1
            }
        }
        home = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The ward of a name or code; nil when it is not known or could be several.
    func find(_ written: String) -> Ward? {
        if let ward = byCode[written.uppercased()] { return ward }
        let found = newest(byName[ListWards.key(written)] ?? [])
        if found.count == 1 { return found[0] }
        let inHub = found.filter { ofHub.contains($0.code) }
        if inHub.count == 1 { return inHub[0] }
        let atHome = found.filter { $0.authority == home }
        return atHome.count == 1 ? atHome[0] : nil
    }

    func remark(_ written: String) -> String {
        let count = newest(byName[ListWards.key(written)] ?? []).count
        if byCode.isEmpty {
            return "No wards are loaded yet, so “\(written)” could not be found. Load wards, then this list again."
        }
        if count == 0 { return "“\(written)” is not a ward we know, so it was left out." }
        return "“\(written)” is the name of \(count) wards. Write the ward’s code instead."
    }

    /// Of each authority only the wards of its newest vintage.
    private func newest(_ wards: [Ward]) -> [Ward] {
        wards.filter { ward in !wards.contains { $0.authority == ward.authority && $0.edition > ward.edition } }
    }

    /// "Wimbledon Town & Dundonald Ward" and "Wimbledon Town and Dundonald" are one.
    private static func key(_ name: String) -> String {
        let key = SortKey.of(name)
        return key.hasSuffix(" ward") ? String(key.dropLast(5)) : key
    }
}
