/// The locks of a problem, checked and numbered.
struct LockTable {
    /// Labels in alphabetical order; label l is area number l.
    private(set) var labels: [String]
    /// Area number per ward, or -1.
    private(set) var areaOfWard: [Int]
    /// Setting per area number, or -1.
    private(set) var baseOfArea: [Int]

    init(
        _ locks: AreaLocks, _ wards: [String: Int], _ settingNumbers: [String: Int], _ settings: [AreaSetting],
        _ wardOfSetting: [Int], _ count: Int, _ anyBase: Bool
    ) throws(AreaProblemError) {
        func setting(_ id: String) throws(AreaProblemError) -> Int {
            guard let number = settingNumbers[id] else { throw .lockOnUnknownSetting(id) }
            guard anyBase || settings[number].canBeBase else { throw .lockOnImpossibleBase(id) }
            return number
        }
        var labelOfBase: [Int: String] = [:]
        for (label, id) in locks.baseOfArea.sorted(by: { $0.key < $1.key }) {
            if let other = labelOfBase.updateValue(label, forKey: try setting(id)) {
                throw .contradictoryLocks("areas “\(other)” and “\(label)” are both given the base \(id)")
            }
        }
        var labelOfWard: [Int: String] = [:]
        for (code, label) in locks.areaOfWard.sorted(by: { $0.key < $1.key }) {
            guard let ward = wards[code] else { throw .lockOnUnknownWard(code) }
            labelOfWard[ward] = label
        }
        // A ward tied to a base belongs to the area with that base; the base's own ward says which area that is.
        let taken = Set(locks.areaOfWard.values).union(locks.baseOfArea.keys)
        let tied = Dictionary(grouping: locks.baseOfWard.sorted { $0.key < $1.key }, by: \.value)
        for (id, pairs) in tied.sorted(by: { $0.key < $1.key }) {
            let base = try setting(id)
            var members: [Int] = []
            for (code, _) in pairs {
                guard let ward = wards[code] else { throw .lockOnUnknownWard(code) }
                members.append(ward)
            }
            let home = wardOfSetting[base]
            let label =
                labelOfBase[base] ?? labelOfWard[home] ?? members.lazy.compactMap { labelOfWard[$0] }.first
                ?? Self.fresh("base \(id)", taken)
            if let other = labelOfBase.first(where: { $0.value == label && $0.key != base }) {
                throw .contradictoryLocks("area “\(label)” is given two bases, \(settings[other.key].id) and \(id)")
            }
            labelOfBase[base] = label
            for (ward, pair) in zip(members, pairs) { try Self.tie(ward, pair.key, to: label, &labelOfWard) }
        }
        for (base, label) in labelOfBase.sorted(by: { $0.key < $1.key }) {
            try Self.tie(wardOfSetting[base], settings[base].ward, to: label, &labelOfWard)
        }
        let sorted = Set(labelOfWard.values).sorted()
        guard sorted.count <= count else { throw .tooManyLockedAreas(labels: sorted.count, areas: count) }
        labels = sorted
        let number = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices))
        areaOfWard = (0..<wards.count).map { labelOfWard[$0].flatMap { number[$0] } ?? -1 }
        baseOfArea = [Int](repeating: -1, count: sorted.count)
        for (base, label) in labelOfBase {
            if let area = number[label] { baseOfArea[area] = base }
        }
    }

    private static func tie(
        _ ward: Int, _ code: String, to label: String, _ labels: inout [Int: String]
    ) throws(AreaProblemError) {
        if let other = labels.updateValue(label, forKey: ward), other != label {
            throw .contradictoryLocks("ward \(code) is tied to area “\(other)” and to area “\(label)”")
        }
    }

    private static func fresh(_ wish: String, _ taken: Set<String>) -> String {
        var label = wish
        while taken.contains(label) { label += "’" }
        return label
    }
}
