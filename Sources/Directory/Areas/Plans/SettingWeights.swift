/// What each setting counts for in the balance of the areas.
struct SettingWeights: Sendable {
    /// A type whose places are not known for some settings, and what each of those was counted as.
    struct Guess: Sendable, Equatable {
        let type: SettingType
        let settings: Int
        let places: Int
    }

    let weight: [String: Double]
    let guesses: [Guess]

    /// By settings each counts one. By places each counts its places; where they are 0 or not known (0 means "not recorded"
    /// in the registers) the middle value of its type, or of all settings where none of its type has any.
    init(_ settings: [TerritorySetting], by balance: Balance) {
        guard balance == .places else {
            weight = Dictionary(settings.map { ($0.id, 1) }, uniquingKeysWith: { first, _ in first })
            guesses = []
            return
        }
        func known(_ setting: TerritorySetting) -> Int? { setting.places.flatMap { $0 > 0 ? $0 : nil } }
        let all = SettingWeights.median(settings.compactMap(known)) ?? 1
        var weight: [String: Double] = [:]
        var guesses: [Guess] = []
        for (type, group) in Dictionary(grouping: settings, by: \.type).sorted(by: { $0.key.rawValue < $1.key.rawValue }
        ) {
            // A stay and play or a health centre has no places: by places it counts nothing.
            let middle = SettingWeights.median(group.compactMap(known)) ?? (type.offersPlaces ? all : 0)
            var guessed = 0
            for setting in group {
                weight[setting.id] = Double(known(setting) ?? middle)
                if known(setting) == nil { guessed += 1 }
            }
            if guessed > 0, middle > 0 { guesses.append(Guess(type: type, settings: guessed, places: middle)) }
        }
        self.weight = weight
        self.guesses = guesses
    }

    /// The middle value; of two middle ones the lower, so that it is a number that really occurs.
    static func median(_ values: [Int]) -> Int? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}

extension SettingType {
    /// Whether children have places there, even where nobody has recorded how many.
    fileprivate var offersPlaces: Bool {
        switch self {
        case .homeChildcarer, .childrensCentre, .stayAndPlay, .childminderGroup, .healthCentre, .agency, .other: false
        default: true
        }
    }
}
