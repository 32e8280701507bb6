internal import House
internal import Planning
internal import Store

/// Finds settings. Keeps a search index in memory that is only ever a copy of what the database says: a new version of the
/// directory means a new index.
///
/// The version is asked for again after a quarter of a second, and after every write of this process: whoever changes something
/// sees it at once here, and in another copy of the program within that time.
final class Finder: Sendable {
    private let database: any Database
    private let kept = Locked<FinderIndex?>(nil)
    private let recent = Locked(FinderMemory())
    private let loading = Locked<Task<FinderIndex, any Error>?>(nil)
    /// Up to this many settings a search waits for the new index; beyond, it is answered from the old one meanwhile.
    private static let patience = 20_000

    init(database: any Database) { self.database = database }

    /// What a search comes to, with the index to run it on. At most one read of the database.
    func prepare(_ asked: SettingSearch) async throws -> (search: SettingSearch, scope: FinderScope, index: FinderIndex) {
        let search = FinderScope.placeInsteadOfName(asked)
        let isPlaceOnly = search.hub == nil && search.area == nil
        let writes = database.writes
        let now = ContinuousClock.now
        let memory = recent.withLock { $0 }
        if isPlaceOnly, let version = memory.version(writes: writes, now: now),
            let scope = memory.scope(near: search.near, version: version)
        {
            return (search, scope, try await index(version: version))
        }
        let (version, scope) = try await database.read { session in
            let version = try session.count("select version from directory_version")
            if isPlaceOnly, let scope = memory.scope(near: search.near, version: version) { return (version, scope) }
            return (version, try FinderScope.resolve(search, in: session))
        }
        recent.withLock {
            $0.keep(isPlaceOnly ? scope : nil, near: search.near, version: version, writes: writes, now: now)
        }
        return (search, scope, try await index(version: version))
    }

    /// The settings nearest to a point, of those its readers may see.
    func nearest(
        _ count: Int, latitude: Double, longitude: Double, hubID: String?, except id: String, for audience: Audience
    ) async throws -> [SettingResults.Hit] {
        var search = SettingSearch()
        search.miles = 2
        let (_, _, index) = try await prepare(search)
        var scope = FinderScope()
        scope.centre = GeoPoint(latitude: latitude, longitude: longitude)
        scope.hubID = hubID
        scope.includesRegister = hubID == nil
        return Array(index.find(search, in: scope, for: audience).hits.filter { $0.entry.id != id }.prefix(count))
    }

    private func index(version: Int) async throws -> FinderIndex {
        if let index = kept.withLock({ $0 }) {
            if index.version == version { return index }
            let task = reload()
            return index.entries.count > Finder.patience ? index : try await task.value
        }
        return try await reload().value
    }

    private func reload() -> Task<FinderIndex, any Error> {
        loading.withLock { running in
            if let running { return running }
            let task = Task {
                defer { self.loading.withLock { $0 = nil } }
                let index = try await Finder.load(from: self.database)
                self.kept.withLock { $0 = index }
                return index
            }
            running = task
            return task
        }
    }

    private static func load(from database: any Database) async throws -> FinderIndex {
        try await database.read { session in
            let version = try session.count("select version from directory_version")
            var wards: [String: FinderIndex.Ward] = [:]
            try session.each("select code, name, authority_code, latitude, longitude from ward") { row in
                wards[row.text("code")] = FinderIndex.Ward(
                    name: row.text("name"), authorityCode: row.text("authority_code"),
                    latitude: row.realOrNil("latitude") ?? 0, longitude: row.realOrNil("longitude") ?? 0)
            }
            var authorities: [String: String] = [:]
            var urns: [String: [String]] = [:]
            try session.each("select setting_id, urn from registration where register <> 'list'") {
                urns[$0.text("setting_id"), default: []].append($0.text("urn"))
            }
            var entries: [NamedEntry] = []
            var homes: [NamedEntry] = []
            try session.each(
                """
                select id, hub_id, type, name, sort_key, town, postcode, ward_code, authority_code, authority_name, latitude,
                    longitude, places, registers, outcome, outcome_day, is_secret, is_early_years, status, is_home
                from setting where merged_into is null and status <> 'closed' order by sort_key, id
                """
            ) { row in
                let ward = row.textOrNil("ward_code")
                let entry = entry(row, urns: urns[row.text("id")] ?? [], ward: ward.flatMap { wards[$0] })
                if entry.entry.isHome || row["name"] == .null { homes.append(entry) } else { entries.append(entry) }
                if let code = row.textOrNil("authority_code") { authorities[code] = row.textOrNil("authority_name") }
            }
            // Homes come after, by what strangers are told: their place in the list says nothing of a name.
            homes.sort { ($0.publicKey, $0.entry.id) < ($1.publicKey, $1.entry.id) }
            return FinderIndex(version: version, named: entries + homes, wards: wards, authorities: authorities)
        }
    }

    private static func entry(
        _ row: Row, urns: [String], ward: FinderIndex.Ward?
    ) -> NamedEntry {
        let type: SettingType = row.code("type") ?? .other
        let isHome = row.bool("is_home")
        let isSecret = row.bool("is_secret")
        let name = row.textOrNil("name")
        let publicTitle = SettingTitle.shown(
            name: isHome ? nil : name, type: type, ward: ward?.name, authority: row.textOrNil("authority_name"))
        let title = name ?? publicTitle
        let entry = FinderEntry(
            id: row.text("id"), hubID: row.textOrNil("hub_id"), type: type, title: title, publicTitle: publicTitle,
            town: row.textOrNil("town"),
            postcode: row.textOrNil("postcode"), urns: urns, wardCode: row.textOrNil("ward_code"),
            authorityCode: row.textOrNil("authority_code"),
            latitude: isSecret ? nil : isHome ? ward?.latitude : row.realOrNil("latitude"),
            longitude: isSecret ? nil : isHome ? ward?.longitude : row.realOrNil("longitude"),
            places: row.intOrNil("places"), registers: row.text("registers"), outcome: row.textOrNil("outcome"),
            outcomeDay: row.textOrNil("outcome_day"), isSecret: isSecret, isEarlyYears: row.bool("is_early_years"),
            isOpen: row.text("status") == "open")
        return NamedEntry(
            entry: entry, key: name == nil ? SortKey.of(title) : row.text("sort_key"),
            publicKey: isHome || name == nil ? SortKey.of(publicTitle) : row.text("sort_key"))
    }
}
