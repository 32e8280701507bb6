internal import Civil
internal import House
internal import Store

extension Setting {
    /// The columns of a setting with the name of its ward.
    static let select: SQL = "select s.*, w.name as ward_name from setting s left join ward w on w.code = s.ward_code"

    /// The setting as this reader may see it; nil when there is none, or none this reader may know of.
    static func find(_ id: String, for audience: Audience, in session: any Session) throws -> Setting? {
        guard let row = try session.first("\(select) where s.id = \(id)") else { return nil }
        let setting = Setting(row)
        guard audience == .stranger else { return setting }
        // What a hub keeps for itself is nobody else's business until the hub is open.
        if let hub = setting.hubID, try session.count("select count(*) from hub where id = \(hub) and opened_at is null") > 0 { return nil }
        return setting.forStrangers(agreed: try agreedFields(id, in: session))
    }

    /// The fields a setting has agreed to show to anybody.
    static func agreedFields(_ id: String, in session: any Session) throws -> Set<String> {
        Set(try session.all("select field from agreed_field where setting_id = \(id) and to_at is null").map { $0.text("field") })
    }
}

/// What one register says of a setting.
struct Registration: Sendable {
    let urn: URN
    let name: String?
    let kind: String?
    let subtype: String?
    let registers: String?
    let registeredOn: Day?
    let places: Int?
    let seenDay: Day?
    let goneDay: Day?
    let deprivationBand: String?
    let authorityName: String?
    let fileName: String?

    init(_ row: Row) {
        urn = URN(trusted: row.text("urn"), in: row.code("register") ?? .list)
        name = row.textOrNil("name")
        kind = row.textOrNil("kind")
        subtype = row.textOrNil("subtype")
        registers = row.textOrNil("registers")
        registeredOn = row.day("registered_on")
        places = row.intOrNil("places")
        seenDay = row.day("last_seen")
        goneDay = row.day("gone_day")
        deprivationBand = row.textOrNil("deprivation_band")
        authorityName = row.textOrNil("authority_name")
        fileName = row.textOrNil("file_name")
    }

    /// All registrations of a setting, oldest first.
    static func of(setting id: String, in session: any Session) throws -> [Registration] {
        try session.all(
            """
            select r.*, l.file_name, coalesce(r.gone_day, (
                select max(later.edition_day) from load later
                where later.status = 'applied' and later.id >= r.last_load and later.kind = l.kind), r.seen_day) as last_seen
            from registration r left join load l on l.id = r.last_load
            where r.setting_id = \(id) order by r.register, r.registered_on, r.urn
            """
        ).map(Registration.init)
    }

    /// Where anybody can read the inspection reports (domain §2.2); nil for a local list.
    var reportAddress: String? {
        switch urn.register {
        case .ofsted, .agency, .feed:
            let group: Int? =
                switch kind {
                case "Childcare on domestic premises": 15
                case "Childcare on non-domestic premises": 16
                case "Childminder", "Childminder without domestic premises": 17
                case "Home childcarer": 18
                default: nil
                }
            return group.map { "https://reports.ofsted.gov.uk/provider/\($0)/\(urn.value)" }
        case .gias: return "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/\(urn.value)"
        case .list: return nil
        }
    }
}
