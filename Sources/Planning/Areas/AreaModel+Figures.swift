extension AreaModel {
    /// The figures of one area, and the rules that it breaks by itself.
    func figures(
        _ label: String, wards: [Int], base: Int?, tolerance: Double, locks: AreaLocks
    ) -> (area: PlannedArea, broken: [BrokenRule]) {
        var area = PlannedArea(
            label: label, base: base.map { settings[$0].id }, wards: wards.map { wardCodes[$0] }, weight: 0,
            settings: 0, totalMetres: 0, longestMetres: 0, meanMetres: 0)
        var metres = 0.0
        for ward in wards {
            for setting in settingStart[ward]..<settingStart[ward + 1] {
                area.settings += 1
                area.weight += settings[setting].weight
                guard let base else { continue }
                let distance = GreatCircle.metres(from: settings[setting].point, to: settings[base].point)
                metres += distance
                area.totalMetres += settings[setting].weight * distance
                area.longestMetres = max(area.longestMetres, distance)
            }
        }
        if area.settings > 0 { area.meanMetres = metres / Double(area.settings) }
        var broken: [BrokenRule] = []
        if abs(area.weight - mean) > mean * (tolerance + 1e-9) {
            broken.append(.balance(area: label, share: (area.weight - mean) / mean))
        }
        let pieces = Self.pieces(of: wards, neighbours)
        if pieces.count > 1 {
            let largestFirst = pieces.sorted { ($0.count, $1[0]) > ($1.count, $0[0]) }
            broken.append(.connection(area: label, pieces: largestFirst.map { $0.map { wardCodes[$0] } }))
        }
        if base.map({ !wards.contains(wardOfSetting[$0]) || !(anyBase || settings[$0].canBeBase) }) ?? true {
            broken.append(.base(area: label, setting: area.base))
        }
        for ward in wards {
            if let wants = locks.areaOfWard[wardCodes[ward]], wants != label {
                broken.append(.wardLock(ward: wardCodes[ward], wants: wants))
            }
            if let wants = locks.baseOfWard[wardCodes[ward]], wants != area.base {
                broken.append(.wardLock(ward: wardCodes[ward], wants: wants))
            }
        }
        if let wants = locks.baseOfArea[label], wants != area.base {
            broken.append(.baseLock(area: label, wants: wants))
        }
        return (area, broken)
    }

    /// Puts areas together into the figures of the whole.
    func evaluation(
        _ parts: [(area: PlannedArea, broken: [BrokenRule])], unassigned: [Int], locks: AreaLocks
    ) -> AreaEvaluation {
        var broken = parts.flatMap(\.broken)
        broken += unassigned.map { .unassigned(ward: wardCodes[$0]) }
        if parts.count != count { broken.append(.count(found: parts.count, wanted: count)) }
        let present = Set(parts.map(\.area.label))
        for (label, base) in locks.baseOfArea.sorted(by: { $0.key < $1.key }) where !present.contains(label) {
            broken.append(.baseLock(area: label, wants: base))
        }
        return AreaEvaluation(
            areas: parts.map(\.area), totalMetres: parts.reduce(0) { $0 + $1.area.totalMetres }, meanWeight: mean,
            balance: mean > 0 ? parts.reduce(0) { max($0, abs($1.area.weight - mean) / mean) } : 0, broken: broken)
    }
}
