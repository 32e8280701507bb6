internal import House
internal import Page

/// The map beside a list of settings: wards behind, a mark for each setting, homes as a count in their ward.
struct FindMap {
    let entries: [FinderEntry]
    let shapes: [DrawnWard]
    let audience: Audience
    let base: String
    let search: SettingSearch

    /// Beyond this many wards a picture says nothing; the page asks to narrow the search.
    static let mostWards = 260

    var picture: MapPicture {
        let homes = Dictionary(grouping: entries.filter(\.type.isHome), by: { $0.wardCode ?? "" })
        let points = entries.compactMap { entry -> MapPoint? in
            guard !entry.isHome, let latitude = entry.latitude, let longitude = entry.longitude else { return nil }
            return MapPoint(
                LonLat(longitude, latitude), mark: entry.type.mark, title: "\(entry.title), \(entry.type.name.lowercased())",
                href: "\(base)/\(entry.id)")
        }
        let counts = shapes.compactMap { ward -> MapCount? in
            guard let here = homes[ward.code], !here.isEmpty else { return nil }
            return MapCount(
                ward.middle, count: here.count, mark: .childminder,
                title: "\(ward.name): \(here.count) childminder\(here.count == 1 ? "" : "s") and home carers",
                href: wardAddress(ward, onlyHomes: true))
        }
        var picture = MapPicture(
            "Map of \(entries.count) settings",
            shapes: shapes.map {
                MapShape(id: $0.code, title: $0.name, rings: $0.rings, href: wardAddress($0, onlyHomes: false))
            }, points: points, counts: counts)
        let used = Set(points.map(\.mark.rawValue))
        picture.legend =
            (counts.isEmpty ? [] : [.mark(.childminder, "childminders in the ward")])
            + Mark.allCases.filter { used.contains($0.rawValue) }.map { .mark($0, $0.words) }
        return picture
    }

    private func wardAddress(_ ward: DrawnWard, onlyHomes: Bool) -> String {
        var search = search
        search.ward = ward.code
        search.near = ""
        if onlyHomes { search.types = [.childminder, .homeChildcarer, .domestic] }
        return PageAddress(base, search.query + [("view", "map")]).href
    }
}
