internal import Page
internal import Planning

/// The map of a hub's areas: wards tinted by area, settings as marks, homes counted ward by ward, bases as stars.
struct AreaMap {
    /// A setting as the map needs it.
    struct Spot {
        let type: SettingType
        let ward: String
        /// Nil when only the ward is known; of a home it is never used.
        let point: GeoPoint?
        let title: String
        let href: String?
    }

    let title: String
    let wards: [TerritoryWard]
    let spots: [Spot]
    /// Ward code to the place of its area in the list.
    var tint: [String: Int] = [:]
    /// The areas' names in the order of their tints.
    var areas: [String] = []
    var bases: [MapBase] = []
    var selected: String?
    var locked: Set<String> = []
    /// Where a press on a ward leads.
    var href: ((String) -> String?)?
    var wardTitle: ((TerritoryWard) -> String)?
    var id = "map"

    var picture: MapPicture {
        let shapes = wards.map { ward in
            var shape = MapShape(
                id: ward.code, title: wardTitle?(ward) ?? ward.name, rings: ward.shape.drawn, tint: tint[ward.code],
                href: href?(ward.code))
            shape.isSelected = ward.code == selected
            shape.isLocked = locked.contains(ward.code)
            return shape
        }
        let placed = spots.filter { !$0.type.isHome && $0.point != nil }
        let points = placed.compactMap { spot in
            spot.point.map { point in
                MapPoint(
                    LonLat(point.longitude, point.latitude), mark: spot.type.mark, title: spot.title, href: spot.href)
            }
        }
        var map = MapPicture(title, shapes: shapes, points: points, counts: counts, bases: bases)
        map.id = id
        map.legend = legend(placed)
        map.detail = detail
        return map
    }

    /// Homes by ward: how many there are, in the middle of the ward, whoever looks.
    private var counts: [MapCount] {
        let homes = Dictionary(grouping: spots.filter(\.type.isHome), by: \.ward)
        return wards.compactMap { ward in
            guard let group = homes[ward.code] else { return nil }
            return MapCount(
                LonLat(ward.centre.longitude, ward.centre.latitude), count: group.count, mark: .childminder,
                title: "\(AreaMap.homes(group.map(\.type))) in \(ward.name)")
        }
    }

    /// "7 childminders", "1 childminder and 2 home childcarers".
    static func homes(_ types: [SettingType]) -> String {
        let kinds: [SettingType] = [.childminder, .homeChildcarer, .domestic]
        let parts = kinds.compactMap { kind -> String? in
            let count = types.count { $0 == kind }
            switch (kind, count) {
            case (_, 0): return nil
            case (.domestic, 1): return "1 childcare business in a home"
            case (.domestic, _): return "\(count) childcare businesses in homes"
            default: return "\(count) \((count == 1 ? kind.name : kind.plural).lowercased())"
            }
        }
        return Measure.list(parts)
    }

    private func legend(_ placed: [Spot]) -> [MapLegend] {
        var lines: [MapLegend] = areas.enumerated().map { .tint($0, $1) }
        if !counts.isEmpty { lines.append(.count(.childminder, "childminders in the ward")) }
        for mark in Mark.allCases where placed.contains(where: { $0.type.mark == mark }) {
            lines.append(.mark(mark, mark.words))
        }
        if !bases.isEmpty { lines.append(.base("base of the area")) }
        if !locked.isEmpty { lines.append(.locked("locked ward")) }
        return lines
    }

    private var detail: HTML {
        let hidden = spots.count { !$0.type.isHome && $0.point == nil }
        guard hidden > 0 else { return "" }
        let verb: HTML = hidden == 1 ? "setting is" : "settings are"
        return "\(hidden) \(verb) known only by ward, and counted there, but not drawn."
    }
}

extension AreaMap {
    /// The map of a plan for staff.
    init(_ picture: PlanPicture, title: String? = nil) {
        let territory = picture.territory
        let number = picture.scheme.counted(picture.state.areas.count)
        self.init(
            title: title ?? "Map of \(territory.hub.name) divided into \(number)", wards: territory.wards,
            spots: territory.counted.map { setting in
                Spot(
                    type: setting.type, ward: setting.ward, point: setting.point,
                    title: setting.name ?? setting.type.name,
                    href: nil)
            })
        for (code, area) in picture.state.areaOfWard { tint[code] = picture.state.position(area) }
        areas = picture.state.areas.map(\.name)
        bases = picture.state.areas.compactMap { area in
            guard let base = picture.setting(area.baseID), let point = territory.point(of: base) else { return nil }
            return MapBase(
                LonLat(point.longitude, point.latitude), title: "Base of \(area.name): \(base.name ?? base.type.name)")
        }
        locked = picture.state.lockedWards
    }
}

/// The colour of an area beside its name, as on the map; the name says the same in words.
func areaSwatch(_ position: Int) -> HTML {
    """
    <svg class="swatch round" viewBox="0 0 16 16" aria-hidden="true"><rect class="t\(position % 8)" x=".5" y=".5" width="15" \
    height="15" rx="4" stroke="#575163"/></svg>
    """
}
