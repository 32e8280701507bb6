internal import Civil
internal import House
internal import Store

/// A row of `setting` as the loads write it.
struct SettingRow: Equatable {
    var id: String
    var hubID: String?
    var type: SettingType
    var name: String?
    var address: String?
    var town: String?
    var postcode: String?
    var place = Place.nowhere
    var authorityCode: String?
    var authorityName: String?
    var places: Int?
    var isSecret = false
    var isEarlyYears = false
    var registers: String?
    var status = Setting.Status.open
    var outcome: String?
    var outcomeDay: String?
    var telephone: String?
    var email: String?
    var website: String?

    static let columns: [StaticString] = [
        "id", "hub_id", "type", "name", "sort_key", "address", "town", "postcode", "place_basis", "latitude",
        "longitude",
        "ward_code", "lsoa_code", "authority_code", "authority_name", "places", "is_home", "is_secret",
        "is_early_years",
        "registers", "status", "outcome", "outcome_day", "telephone", "email", "website", "version", "created_at",
        "updated_at", "checked_on",
    ]

    /// The columns a load may write anew, in the order of `draftValues`.
    static let draftColumns: [StaticString] = [
        "id", "type", "name", "sort_key", "address", "town", "postcode", "place_basis", "latitude", "longitude",
        "ward_code", "lsoa_code", "authority_code", "authority_name", "places", "is_home", "is_secret",
        "is_early_years", "registers", "status", "outcome", "outcome_day", "telephone", "email", "website",
    ]

    var draftValues: [Value] {
        [
            id.bound, .text(type.rawValue), name.bound, .text(name.map(SortKey.of) ?? ""), address.bound, town.bound,
            postcode.bound, .text(place.basis.rawValue), place.latitude.bound, place.longitude.bound, place.ward.bound,
            place.lsoa.bound, authorityCode.bound, authorityName.bound, places.bound, type.isHome.bound,
            isSecret.bound, isEarlyYears.bound, registers.bound, .text(status.rawValue), outcome.bound,
            outcomeDay.bound, telephone.bound, email.bound, website.bound,
        ]
    }

    /// Writes settings worked out anew, all with one statement.
    static func write(_ settings: [SettingRow], in session: any Session, version: Int, now: Instant, checkedOn: Day)
        throws
    {
        if settings.isEmpty { return }
        try session.run("delete from setting_draft")
        try session.insert(into: "setting_draft", draftColumns) { writer in
            for setting in settings { try writer.add(setting.draftValues) }
        }
        try session.run(
            """
            update setting set type = d.type, name = d.name, sort_key = d.sort_key, address = d.address, town = d.town,
                postcode = d.postcode, place_basis = d.place_basis, latitude = d.latitude, longitude = d.longitude,
                ward_code = d.ward_code, lsoa_code = d.lsoa_code, authority_code = d.authority_code,
                authority_name = d.authority_name, places = d.places, is_home = d.is_home, is_secret = d.is_secret,
                is_early_years = d.is_early_years, registers = d.registers, status = d.status, outcome = d.outcome,
                outcome_day = d.outcome_day, telephone = d.telephone, email = d.email, website = d.website,
                version = \(version), updated_at = \(now), checked_on = \(checkedOn)
            from setting_draft d where d.id = setting.id
            """)
        try session.run("delete from setting_draft")
    }

    init(_ row: Row) {
        id = row.text("id")
        hubID = row.textOrNil("hub_id")
        type = row.code("type") ?? .other
        name = row.textOrNil("name")
        address = row.textOrNil("address")
        town = row.textOrNil("town")
        postcode = row.textOrNil("postcode")
        place = Place(
            latitude: row.realOrNil("latitude"), longitude: row.realOrNil("longitude"),
            ward: row.textOrNil("ward_code"),
            lsoa: row.textOrNil("lsoa_code"), basis: row.code("place_basis") ?? .none)
        authorityCode = row.textOrNil("authority_code")
        authorityName = row.textOrNil("authority_name")
        places = row.intOrNil("places")
        isSecret = row.bool("is_secret")
        isEarlyYears = row.bool("is_early_years")
        registers = row.textOrNil("registers")
        status = row.code("status") ?? .open
        outcome = row.textOrNil("outcome")
        outcomeDay = row.textOrNil("outcome_day")
        telephone = row.textOrNil("telephone")
        email = row.textOrNil("email")
        website = row.textOrNil("website")
    }
}

extension SettingRow {
    /// Adds a new setting from what its register says, in the order of `columns`.
    static func add(_ record: RegisterRecord, id: String, at place: Place, to rows: BulkRows, _ stamp: Stamp) {
        let facts = record.facts
        let latest = Inspection.latest(facts.inspections)
        rows.startRow()
        rows.add(id)
        rows.add(stamp.hub)
        rows.add(facts.type.rawValue)
        rows.add(facts.name)
        rows.add(record.sortKey)
        rows.add(facts.address)
        rows.add(facts.town)
        rows.add(facts.postcode)
        rows.add(place.basis.rawValue)
        rows.add(place.latitude)
        rows.add(place.longitude)
        rows.add(place.ward)
        rows.add(place.lsoa)
        rows.add(facts.authorityCode ?? place.authority)
        rows.add(facts.authorityTitle ?? facts.authorityName)
        rows.add(facts.places)
        rows.add(facts.type.isHome)
        rows.add(facts.isSecret)
        rows.add(facts.isEarlyYears)
        rows.add(facts.registers)
        rows.add((facts.isClosed ? Setting.Status.closed : .open).rawValue)
        rows.add(latest?.outcome)
        rows.add(latest?.day)
        rows.add(facts.telephone)
        rows.add(facts.email)
        rows.add(facts.website)
        rows.add(stamp.version)
        rows.add(stamp.now)
        rows.add(stamp.now)
        rows.add(stamp.checkedOn)
    }

    /// What all the settings of one load have in common.
    struct Stamp {
        let hub: String?
        let version: Int
        let now: String
        let checkedOn: String
    }

    /// Puts the setting in its place. A secret one has none, ever.
    mutating func settle(_ found: Place) {
        if isSecret {
            place = .nowhere
            return
        }
        place = found
        if authorityCode == nil { authorityCode = found.authority }
    }

    mutating func take(_ latest: (outcome: String, day: String)?) {
        outcome = latest?.outcome
        outcomeDay = latest?.day
    }
}
