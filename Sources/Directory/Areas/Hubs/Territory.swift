internal import Planning
internal import Store

/// A ward of a hub, with what is needed to draw it and to divide the hub.
struct TerritoryWard: Sendable {
    let code: String
    let name: String
    let authority: String
    let centre: GeoPoint
    let shape: WardShape
    /// Codes of the wards next to it, as the ward boundaries were loaded.
    let neighbours: [String]
    /// Mean decile of the Index of Multiple Deprivation over its LSOAs, weighted by people: 1 is the most deprived tenth.
    /// A best fit, because wards are not made of LSOAs. Nil where none is known.
    let decile: Double?
    /// The people the mean was weighted with.
    let people: Double
}

/// A setting of a hub that lies in one of its wards.
struct TerritorySetting: Sendable {
    let id: String
    let type: SettingType
    /// The name as staff know it; nil when the register does not give it.
    let name: String?
    let ward: String
    /// Where it is exactly; nil when only its ward is known.
    let point: GeoPoint?
    let places: Int?
    /// Not for anything a stranger sees, and never placed or drawn.
    let isSecret: Bool

    /// Its address is somebody's home.
    var isHome: Bool { type.isHome }
}

/// A hub's wards and settings, read in one go.
struct Territory: Sendable {
    let hub: Hub
    let wards: [TerritoryWard]
    /// The settings for under-fives in those wards that are open, secret ones too.
    let settings: [TerritorySetting]
    /// The hub's own open settings whose ward is not known or not the hub's.
    let outside: Int
    /// The registers' settings of the hub's authorities that no ward is known for, such as childminders whose address is not public.
    let unplaced: Int
    /// Open settings in those wards that are not for under-fives, such as tutors and nannies on the voluntary register.
    let older: Int

    private let wardNumbers: [String: Int]

    init(hub: Hub, wards: [TerritoryWard], settings: [TerritorySetting], outside: Int, unplaced: Int, older: Int = 0) {
        self.hub = hub
        self.wards = wards
        self.settings = settings
        self.outside = outside
        self.unplaced = unplaced
        self.older = older
        wardNumbers = Dictionary(wards.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func ward(_ code: String) -> TerritoryWard? { wardNumbers[code].map { wards[$0] } }

    /// The ward's name, with its authority's where another ward of the hub has the same name; the code if it is not one of ours.
    func name(ofWard code: String) -> String {
        guard let ward = ward(code) else { return code }
        let isShared = wards.contains { $0.name == ward.name && $0.code != code }
        return isShared ? "\(ward.name) (\(ward.authority))" : ward.name
    }

    /// Where a setting is taken to be: its own point, or the middle of its ward.
    func point(of setting: TerritorySetting) -> GeoPoint? { setting.point ?? ward(setting.ward)?.centre }

    /// The settings that count when areas are drawn and compared: those that may be placed at all.
    var counted: [TerritorySetting] { settings.filter { !$0.isSecret && $0.type != .agency } }

    /// Mean decile over several wards, weighted by people. Nil where none is known.
    func decile(of codes: some Sequence<String>) -> Double? {
        var sum = 0.0
        var people = 0.0
        for case let ward? in codes.map({ ward($0) }) {
            guard let decile = ward.decile else { continue }
            sum += decile * ward.people
            people += ward.people
        }
        return people > 0 ? sum / people : nil
    }
}
