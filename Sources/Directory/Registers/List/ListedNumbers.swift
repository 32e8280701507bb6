internal import House
internal import Store

/// The rows of lists whose number no register knew when they came, as one register meets them that may know it.
struct ListedNumbers {
    struct Listed {
        let settingID: String
        let name: String?
        /// The register is the one the number most likely belongs to; a number without letters may be another's too.
        let isLikeliest: Bool
    }

    private var byNumber: [String: [Listed]] = [:]
    private var joined: Set<String> = []

    /// Invented hubs are left out: their numbers are nobody's.
    init(_ register: Register, in session: any Session) throws {
        let rows = try session.all(
            """
            select r.kind, r.subtype, s.name, coalesce(s.merged_into, s.id) as setting_id
            from registration r join setting s on s.id = r.setting_id left join hub h on h.id = s.hub_id
            where r.register = 'list' and r.subtype is not null and coalesce(h.is_sample, 0) = 0 and not exists (
                select 1 from registration o
                where o.setting_id = coalesce(s.merged_into, s.id) and o.register <> 'list')
            order by r.first_load, r.urn
            """)
        for row in rows {
            let claims = ListRow.claims(
                of: row.text("subtype"), type: row.textOrNil("kind").map(ListWords.type) ?? .other)
            guard let first = claims.first?.register else { continue }
            for claim in claims where claim.register == register {
                byNumber[claim.value, default: []].append(
                    Listed(
                        settingID: row.text("setting_id"), name: row.textOrNil("name"),
                        isLikeliest: register == first || (first == .ofsted && register == .feed)))
            }
        }
    }

    /// The list's setting that a new record of the register belongs to. Each joins one record only.
    mutating func join(_ number: String) -> Listed? {
        guard let listed = byNumber[number]?.first(where: { $0.isLikeliest && !joined.contains($0.settingID) })
        else { return nil }
        joined.insert(listed.settingID)
        return listed
    }

    /// Those that have joined no record, with their numbers.
    var left: [(number: String, listed: Listed)] {
        byNumber.sorted { $0.key < $1.key }.flatMap { number, rows in
            rows.filter { !joined.contains($0.settingID) }.map { (number, $0) }
        }
    }
}
