internal import House
internal import Store

/// The settings that only lists know, as one register meets them that may know them too: by a number no register knew when
/// they came, or by their name and postcode.
struct ListedOnly {
    struct Listed {
        let settingID: String
        let name: String?
        /// The register is the one the number most likely belongs to; a number without letters may be another's too.
        var isLikeliest = false
    }

    /// A setting of a list that may be the one the register has under this number.
    struct Offer {
        let number: String
        let listed: Listed
        let why: String
    }

    private var byNumber: [String: [Listed]] = [:]
    private var byPostcode: [String: [Listed]] = [:]
    private var joined: Set<String> = []
    private var alike: [Offer] = []

    /// Invented hubs are left out: their numbers are nobody's.
    init(_ register: Register, in session: any Session) throws {
        let rows = try session.all(
            """
            select r.kind, r.subtype, s.id, s.name, s.postcode from registration r
            join setting first on first.id = r.setting_id join setting s on s.id = coalesce(first.merged_into, first.id)
            left join hub h on h.id = s.hub_id
            where r.register = 'list' and coalesce(h.is_sample, 0) = 0 and not exists (
                select 1 from registration o where o.setting_id = s.id and o.register <> 'list')
            order by r.first_load, r.urn
            """)
        for row in rows {
            let listed = Listed(settingID: row.text("id"), name: row.textOrNil("name"))
            if let postcode = row.textOrNil("postcode") { byPostcode[postcode, default: []].append(listed) }
            let claims = ListRow.claims(
                of: row.text("subtype"), type: row.textOrNil("kind").map(ListWords.type) ?? .other)
            guard let first = claims.first?.register else { continue }
            for claim in claims where claim.register == register {
                var claiming = listed
                claiming.isLikeliest = register == first || (first == .ofsted && register == .feed)
                byNumber[claim.value, default: []].append(claiming)
            }
        }
    }

    var isEmpty: Bool { byNumber.isEmpty && byPostcode.isEmpty }

    /// The list's setting that a new record of the register belongs to by its number. Each joins one record only.
    mutating func join(_ number: String) -> Listed? {
        guard let listed = byNumber[number]?.first(where: { $0.isLikeliest && !joined.contains($0.settingID) })
        else { return nil }
        joined.insert(listed.settingID)
        return listed
    }

    /// Remembers the settings of lists that look like a new record of the register.
    mutating func compare(_ facts: RegisterFacts) {
        guard let postcode = facts.postcode, let name = facts.name else { return }
        for listed in byPostcode[postcode] ?? [] {
            guard let why = NameLikeness.why(name, listed.name ?? "") else { continue }
            alike.append(Offer(number: facts.urn, listed: listed, why: "Same postcode; \(why): “\(name)”"))
        }
    }

    /// What a person may decide on: the same number, or a like name. Those that have joined a record are out of it.
    var offers: [Offer] {
        let same = byNumber.sorted { $0.key < $1.key }.flatMap { number, rows in
            rows.map { Offer(number: number, listed: $0, why: "The same number, \(number)") }
        }
        return (same + alike).filter { !joined.contains($0.listed.settingID) }
    }
}
