internal import Civil
internal import House
internal import Planning
internal import Store

/// One invented setting.
struct SampleSetting {
    let id: String
    let type: SettingType
    let name: String
    let ward: String
    let authority: String
    var point: GeoPoint?
    var address: String?
    var town: String?
    var postcode: String?
    var places: Int?
    var registers: String?
    var isEarlyYears = true
    var telephone: String?
    var email: String?
    var website: String?
    /// Its newest inspection that gives a result.
    var latest: (outcome: String, day: String)?
}

/// The invented settings of the sample hub: as many of each type as Newham had in August 2021, with the schools and groups
/// such a borough has beside them.
struct SampleSettings {
    /// How many of each type. Group settings come to 166, as in the register.
    static let mix: [(type: SettingType, count: Int)] = [
        (.nurserySchool, 7), (.childrensCentre, 8), (.dayNursery, 88), (.preschool, 46), (.groupProvider, 8),
        (.outOfSchool, 24), (.domestic, 2), (.childminder, 173), (.homeChildcarer, 111), (.school, 75),
        (.specialSchool, 3),
        (.stayAndPlay, 14), (.childminderGroup, 5), (.healthCentre, 9),
    ]

    let hub: Hub
    let wards: [TerritoryWard]
    let authorityCode: String
    let version: Int
    let tools: Tools

    /// Writes all of them with their registrations, inspections and agreements. The same on every machine but for the ids.
    func write(_ session: any Session) throws {
        var dice = SampleDice(seed: 2021)
        var names = SampleNames()
        // Settings are not spread evenly: some wards have twice as many as others.
        let pull = wards.map { ($0, dice.number(3...7)) }
        var rows: [SampleSetting] = []
        var inspections: [String: [Inspection]] = [:]
        for (type, count) in SampleSettings.mix {
            for _ in 0..<count {
                guard let ward = dice.weighted(pull) else { continue }
                let row = make(type, in: ward, &names, &dice)
                inspections[row.setting.id] = row.inspections
                rows.append(row.setting)
            }
        }
        try insert(rows, session)
        try register(rows, inspections, session)
        try agree(rows, session, &dice)
    }

    private func make(
        _ type: SettingType, in ward: TerritoryWard, _ names: inout SampleNames, _ dice: inout SampleDice
    ) -> (setting: SampleSetting, inspections: [Inspection]) {
        let name = names.next(type, &dice)
        var row = SampleSetting(
            id: tools.ids.next(), type: type, name: name, ward: ward.code, authority: ward.authority)
        row.places = places(type, &dice)
        row.registers = registers(type, &dice)
        row.isEarlyYears = row.registers?.hasPrefix("EYR") ?? true
        // A home is known by its ward and nothing closer, as in a council's list.
        if !type.isHome {
            row.point = spot(in: ward, &dice)
            row.address = SampleNames.street(&dice)
            row.town = "London"
            row.postcode = SampleNames.postcode(&dice)
        }
        let slug = Slug.of(name)
        // Numbers that Ofcom keeps free for invented people; addresses that IANA keeps free for examples.
        if dice.chance(70) { row.telephone = "020 7946 0\(dice.number(100...999))" }
        if dice.chance(60) {
            row.email = "\(type.isHome ? slug : "office")@\(type.isHome ? "" : "\(slug).")example.org"
        }
        if !type.isHome, dice.chance(50) { row.website = "https://\(slug).example.org" }
        let inspections = SampleInspections.of(type, before: tools.clock.today, &dice)
        row.latest = Inspection.latest(inspections)
        return (row, inspections)
    }

    private func places(_ type: SettingType, _ dice: inout SampleDice) -> Int? {
        switch type {
        case .childminder: dice.weighted([(3, 6), (5, 8), (6, 70), (9, 8), (12, 8)])
        case .domestic: dice.number(12...24)
        case .dayNursery: dice.number(4...22) * 5
        case .preschool: dice.number(8...30) * 2
        case .outOfSchool: dice.number(3...8) * 8
        case .groupProvider: dice.number(12...30)
        case .nurserySchool: dice.number(8...13) * 10
        case .homeChildcarer: 0
        default: nil
        }
    }

    private func registers(_ type: SettingType, _ dice: inout SampleDice) -> String? {
        switch type {
        case .childminder, .domestic: "EYR,CCR,VCR"
        case .dayNursery, .preschool, .groupProvider: dice.chance(60) ? "EYR,CCR,VCR" : "EYR"
        case .outOfSchool: dice.chance(45) ? "EYR,CCR,VCR" : "CCR,VCR"
        case .homeChildcarer: dice.chance(4) ? "EYR,CCR,VCR" : "VCR"
        default: nil
        }
    }

    /// A spot inside the ward, nearer its middle than its edge.
    private func spot(in ward: TerritoryWard, _ dice: inout SampleDice) -> GeoPoint {
        let corners = ward.shape.rings.max { $0.count < $1.count } ?? []
        for _ in 0..<40 {
            guard let one = dice.pick(corners), let other = dice.pick(corners) else { break }
            let share = 0.85 * Double.random(in: 0...1, using: &dice).squareRoot()
            let turn = Double.random(in: 0...1, using: &dice)
            let edge = GeoPoint(
                latitude: one.latitude + turn * (other.latitude - one.latitude),
                longitude: one.longitude + turn * (other.longitude - one.longitude))
            let point = GeoPoint(
                latitude: ward.centre.latitude + share * (edge.latitude - ward.centre.latitude),
                longitude: ward.centre.longitude + share * (edge.longitude - ward.centre.longitude))
            if ward.shape.contains(point) { return point }
        }
        return ward.centre
    }
}
