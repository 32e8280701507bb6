internal import Page
internal import Planning

/// One area in figures.
struct AreaFigures: Sendable {
    let area: PlanState.Area
    /// Its place in the list, and its colour on the map.
    let position: Int
    let wards: [TerritoryWard]
    let settings: [TerritorySetting]
    let base: TerritorySetting?
    let decile: Double?
    /// What its settings count for in the balance.
    let weight: Double
    /// How far that is from the mean of all areas, as a share of the mean; negative is lighter.
    let share: Double
    /// Metres to the base: of the farthest setting, and on average. Nil without a base.
    let longest: Double?
    let mean: Double?

    /// Places over the settings where they are known.
    var places: Int { settings.reduce(0) { $0 + max(0, $1.places ?? 0) } }
    /// Settings whose places are not known; 0 in a register means "not recorded".
    var withoutPlaces: Int { settings.count { ($0.places ?? 0) == 0 } }

    func count(_ mark: Mark) -> Int { settings.count { $0.type.mark == mark } }

    func count(_ types: SettingType...) -> Int { settings.count { types.contains($0.type) } }

    /// How many there are of each type, commonest first.
    var types: [(type: SettingType, count: Int)] {
        Dictionary(grouping: settings, by: \.type).map { (type: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.type.rawValue) < ($0.count, $1.type.rawValue) }
    }

    /// What an area ought to have and this one has not.
    var lacks: [String] {
        var lacks: [String] = []
        if count(.school, .nurserySchool, .specialSchool) == 0 { lacks.append("no school") }
        switch count(.childminder) {
        case 0: lacks.append("no childminder known")
        case 1...2: lacks.append("fewer than three childminders")
        default: break
        }
        if !settings.contains(where: { $0.type.canBeBase && $0.point != nil }) { lacks.append("no possible base") }
        return lacks
    }
}

/// A whole plan in figures, with the rules it breaks in words.
struct PlanFigures: Sendable {
    let areas: [AreaFigures]
    /// Mean metres from a setting to the base of its area.
    let mean: Double?
    let longest: Double?
    /// The largest distance of an area from the mean weight, as a share of the mean.
    let balance: Double
    let meanWeight: Double
    let guesses: [SettingWeights.Guess]
    /// Rules broken, a sentence each.
    let broken: [String]
}

extension PlanFigures {
    init(_ picture: PlanPicture) {
        let drawing = picture.drawing
        let territory = picture.territory
        var groups: [String: [TerritorySetting]] = [:]
        for setting in territory.counted {
            if let area = picture.area(of: setting) { groups[area, default: []].append(setting) }
        }
        let total = groups.values.joined().reduce(0) { $0 + (drawing.weights.weight[$1.id] ?? 1) }
        let count = max(1, picture.state.areas.count)
        let meanWeight = total / Double(count)
        var sum = 0.0
        var measured = 0
        let areas = picture.state.areas.enumerated().map { position, area in
            let settings = groups[area.id] ?? []
            let base = picture.setting(area.baseID)
            let home = base.flatMap { territory.point(of: $0) }
            let metres = home.map { home in
                settings.compactMap { territory.point(of: $0) }.map { GreatCircle.metres(from: $0, to: home) }
            }
            sum += metres?.reduce(0, +) ?? 0
            measured += metres?.count ?? 0
            let weight = settings.reduce(0) { $0 + (drawing.weights.weight[$1.id] ?? 1) }
            let wards = territory.wards.filter { picture.state.areaOfWard[$0.code] == area.id }
            let places = picture.scheme.divides == .wards ? wards.map(\.code) : settings.map(\.ward)
            return AreaFigures(
                area: area, position: position, wards: wards, settings: settings, base: base,
                decile: territory.decile(of: places), weight: weight,
                share: meanWeight > 0 ? weight / meanWeight - 1 : 0, longest: metres?.max(),
                mean: metres.flatMap { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) })
        }
        self.areas = areas
        self.meanWeight = meanWeight
        mean = measured > 0 ? sum / Double(measured) : nil
        longest = areas.compactMap(\.longest).max()
        balance = areas.map { abs($0.share) }.max() ?? 0
        guesses = drawing.weights.guesses
        broken =
            picture.scheme.divides == .wards ? BrokenRules.sentences(picture, drawing) : BrokenRules.overfull(areas)
    }
}
