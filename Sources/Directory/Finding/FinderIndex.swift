internal import House
internal import Page
internal import Planning

/// All settings in memory, arranged for search. Never changed once made: a new one takes its place.
///
/// Cost: a search near a postcode looks only at the cells its circle touches; a search by name only at the words that match.
final class FinderIndex: Sendable {
    let version: Int
    let entries: [FinderEntry]
    private let glances: [FinderGlance]
    /// The wards by code, with the middles that homes are placed at.
    let wards: [String: Ward]
    /// The names of the authorities that have settings, by code.
    let authorities: [String: String]
    /// What the search form offers, made once: authorities by name, and each authority's wards by name.
    let authorityChoices: [Choice]
    let wardChoices: [String: [Choice]]
    private let cells: [Int64: [Int32]]
    private let byWard: [String: [Int32]]
    private let byAuthority: [String: [Int32]]
    private let byURN: [String: [Int32]]
    /// How many of each kind have no known place, by authority: for children under five, and all.
    private let unplaced: [String: [UInt32: (early: Int, all: Int)]]
    /// Every word met in a name, with the settings that have it.
    private let words: [(word: String, holders: [Int32])]

    struct Ward: Sendable {
        let name: String
        let authorityCode: String
        let latitude: Double
        let longitude: Double
    }

    /// `entries` come in the order of their names.
    init(version: Int, entries: [FinderEntry], wards: [String: Ward], authorities: [String: String]) {
        self.version = version
        self.entries = entries
        glances = entries.map(FinderGlance.init)
        self.wards = wards
        self.authorities = authorities
        authorityChoices = authorities.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { Choice($0.key, $0.value) }
        wardChoices = Dictionary(grouping: wards, by: { $0.value.authorityCode }).mapValues { wards in
            wards.map { Choice($0.key, $0.value.name) }.sorted { ($0.label, $0.value) < ($1.label, $1.value) }
        }
        var cells: [Int64: [Int32]] = [:]
        var byWard: [String: [Int32]] = [:]
        var byAuthority: [String: [Int32]] = [:]
        var byURN: [String: [Int32]] = [:]
        var unplaced: [String: [UInt32: (early: Int, all: Int)]] = [:]
        var words: [Substring: [Int32]] = [:]
        for (number, entry) in entries.enumerated() {
            let index = Int32(number)
            if let latitude = entry.latitude, let longitude = entry.longitude {
                cells[FinderCell.of(latitude: latitude, longitude: longitude), default: []].append(index)
            } else if let authority = entry.authorityCode, entry.hubID == nil, entry.isOpen, !entry.isSecret {
                unplaced[authority, default: [:]][entry.kind, default: (0, 0)].all += 1
                if entry.isEarlyYears { unplaced[authority, default: [:]][entry.kind, default: (0, 0)].early += 1 }
            }
            if let ward = entry.wardCode { byWard[ward, default: []].append(index) }
            if let authority = entry.authorityCode { byAuthority[authority, default: []].append(index) }
            for urn in entry.urns { byURN[urn, default: []].append(index) }
            for word in entry.key.split(separator: " ") {
                if words[word]?.last != index { words[word, default: []].append(index) }
            }
        }
        self.cells = cells
        self.byWard = byWard
        self.byAuthority = byAuthority
        self.byURN = byURN
        self.unplaced = unplaced
        self.words = words.map { (String($0.key), $0.value) }.sorted { $0.word < $1.word }
    }

    func find(_ search: SettingSearch, in scope: FinderScope, for audience: Audience) -> SettingResults {
        let wanted = SortKey.of(search.name).split(separator: " ").map(String.init)
        var test = FinderTest(search, scope, audience, words: wanted)
        var results = SettingResults()
        var hits = matches(test, search, scope, wanted: wanted)
        if let number = URN(search.name, in: .ofsted) ?? URN(search.name, in: .gias) ?? URN(search.name, in: .agency) {
            var byNumber = test
            byNumber.words = []
            let found = (byURN[number.value] ?? []) + (number.alternative.flatMap { byURN[$0.value] } ?? [])
            hits += found.filter { index in byNumber.fits(entries[Int(index)]) && !hits.contains { $0.index == index } }
                .map { Match(index: $0, metres: metres(to: $0, from: scope.centre)) }
        }
        if hits.isEmpty, !wanted.isEmpty {
            test.forgives = true
            hits = matches(test, search, scope, wanted: wanted)
            results.isForgiving = !hits.isEmpty
        }
        if scope.centre != nil { results.unplaced = unplacedCount(test, scope) }
        let byDistance = scope.centre != nil && search.order != .name
        if byDistance {
            hits.sort { ($0.metres ?? .infinity, $0.index) < ($1.metres ?? .infinity, $1.index) }
        } else {
            hits.sort { $0.index < $1.index }
        }
        results.total = hits.count
        let start = min(hits.count, (search.page - 1) * SettingSearch.pageSize)
        results.hits = hits[start..<min(hits.count, start + SettingSearch.pageSize)].map {
            SettingResults.Hit(entry: entries[Int($0.index)], metres: $0.metres)
        }
        return results
    }

    /// Every setting the search finds, in the order of names: for the map and for files.
    func all(_ search: SettingSearch, in scope: FinderScope, for audience: Audience) -> [FinderEntry] {
        var search = search
        search.page = 1
        let wanted = SortKey.of(search.name).split(separator: " ").map(String.init)
        var test = FinderTest(search, scope, audience, words: wanted)
        var hits = matches(test, search, scope, wanted: wanted)
        if hits.isEmpty, !wanted.isEmpty {
            test.forgives = true
            hits = matches(test, search, scope, wanted: wanted)
        }
        return hits.map(\.index).sorted().map { entries[Int($0)] }
    }

    private struct Match {
        let index: Int32
        let metres: Double?
    }

    private func metres(to index: Int32, from centre: GeoPoint?) -> Double? {
        let entry = entries[Int(index)]
        guard let centre, let latitude = entry.latitude, let longitude = entry.longitude else { return nil }
        return GreatCircle.metres(from: centre, to: GeoPoint(latitude: latitude, longitude: longitude))
    }

    private func matches(_ test: FinderTest, _ search: SettingSearch, _ scope: FinderScope, wanted: [String]) -> [Match] {
        var found: [Match] = []
        if let centre = scope.centre {
            let reach = search.miles * metresInAMile
            for cell in FinderCell.touched(by: centre, metres: reach) {
                for index in cells[cell] ?? [] {
                    let glance = glances[Int(index)]
                    // The name rules out most, and costs less than the distance.
                    guard test.mayFit(glance), test.fits(entries[Int(index)]) else { continue }
                    let metres = GreatCircle.metres(
                        from: centre, to: GeoPoint(latitude: glance.latitude, longitude: glance.longitude))
                    if metres <= reach { found.append(Match(index: index, metres: metres)) }
                }
            }
            return found
        }
        for index in candidates(test, search, scope, wanted: wanted) {
            if test.mayFit(glances[Int(index)]), test.fits(entries[Int(index)]) { found.append(Match(index: index, metres: nil)) }
        }
        return found
    }

    /// The shortest list that must hold every match.
    private func candidates(_ test: FinderTest, _ search: SettingSearch, _ scope: FinderScope, wanted: [String]) -> [Int32] {
        if let ward = search.ward { return byWard[ward] ?? [] }
        if let authority = search.authority { return byAuthority[authority] ?? [] }
        if let wards = scope.wards, scope.settings == nil, scope.hubID == nil {
            return wards.sorted().flatMap { byWard[$0] ?? [] }
        }
        // The longest word asked for is held by the fewest.
        guard let longest = wanted.max(by: { $0.utf8.count < $1.utf8.count }) else {
            return Array(entries.indices.lazy.map(Int32.init))
        }
        var holders: Set<Int32> = []
        for (word, list) in words where test.matches(longest, word: word) { holders.formUnion(list) }
        return Array(holders)
    }

    /// Those of the kinds asked for in the postcode's own authority that no distance can be measured to; told only when
    /// nothing else narrows the search.
    private func unplacedCount(_ test: FinderTest, _ scope: FinderScope) -> Int {
        let search = test.search
        guard test.words.isEmpty, scope.includesRegister, scope.hubID == nil, search.ward == nil, search.outcome == nil,
            search.register == nil, search.leastPlaces == nil, let authority = search.authority ?? scope.authority
        else { return 0 }
        return (unplaced[authority] ?? [:]).reduce(0) { sum, kind in
            test.kinds & kind.key == 0 ? sum : sum + (search.includesOlder ? kind.value.all : kind.value.early)
        }
    }
}

/// An international mile in metres.
let metresInAMile = 1_609.344
