internal import House
internal import Page
internal import Planning

/// All settings in memory, arranged for search. Never changed once made: a new one takes its place.
///
/// Cost: a search near a postcode looks only at the cells its circle touches, which lie together in memory; a search by name
/// only at the words that match.
final class FinderIndex: Sendable {
    let version: Int
    let entries: [FinderEntry]
    /// All entries as glances, cell after cell; those without a known place come last.
    private let glances: [FinderGlance]
    /// The place of each entry's glance among them.
    private let positions: [Int32]
    private let names: FinderNames
    /// Where each cell's glances are.
    private let cells: [Int64: Range<Int>]
    /// The wards by code, with the middles that homes are placed at.
    let wards: [String: Ward]
    /// The names of the authorities that have settings, by code.
    let authorities: [String: String]
    /// What the search form offers, made once: authorities by name, and each authority's wards by name.
    let authorityChoices: [Choice]
    let wardChoices: [String: [Choice]]
    let drawnForms = DrawnForms()
    private let byWard: [String: [Int32]]
    private let byAuthority: [String: [Int32]]
    /// Every number of a register with its setting, in the order of the numbers.
    private let numbers: [(urn: String, index: Int32)]
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

    /// `named` come in the order of their names.
    init(version: Int, named: [NamedEntry], wards: [String: Ward], authorities: [String: String]) {
        self.version = version
        entries = named.map(\.entry)
        self.wards = wards
        self.authorities = authorities
        authorityChoices = authorities.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { Choice($0.key, $0.value) }
        wardChoices = Dictionary(grouping: wards, by: { $0.value.authorityCode }).mapValues { wards in
            wards.map { Choice($0.key, $0.value.name) }.sorted { ($0.label, $0.value) < ($1.label, $1.value) }
        }
        var cells: [Int64: [Int32]] = [:]
        var byWard: [String: [Int32]] = [:]
        var byAuthority: [String: [Int32]] = [:]
        var numbers: [(urn: String, index: Int32)] = []
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
            for urn in entry.urns { numbers.append((urn, index)) }
            for key in entry.isHome ? [named[number].key, named[number].publicKey] : [named[number].key] {
                for word in key.split(separator: " ") where words[word]?.last != index {
                    words[word, default: []].append(index)
                }
            }
        }
        let laidOut = FinderGlances(named, by: cells)
        glances = laidOut.all
        positions = laidOut.positions
        names = laidOut.names
        self.cells = laidOut.cells
        self.byWard = byWard
        self.byAuthority = byAuthority
        self.numbers = numbers.sorted { ($0.urn, $0.index) < ($1.urn, $1.index) }
        self.unplaced = unplaced
        self.words = words.map { (String($0.key), $0.value) }.sorted { $0.word < $1.word }
    }

    func find(_ search: SettingSearch, in scope: FinderScope, for audience: Audience) -> SettingResults {
        var results = SettingResults()
        let (hits, test) = hits(search, in: scope, for: audience)
        results.isForgiving = test.forgives
        if scope.centre != nil { results.unplaced = unplacedCount(test, scope) }
        let last = search.page * SettingSearch.pageSize
        results.total = hits.count
        let first =
            scope.centre != nil && search.order != .name
            ? hits.smallest(last) { ($0.distance, $0.index) < ($1.distance, $1.index) }
            : hits.smallest(last) { $0.index < $1.index }
        results.hits = first.dropFirst(last - SettingSearch.pageSize).map { hit in
            let entry = entries[Int(hit.index)]
            return SettingResults.Hit(entry: entry, metres: metres(to: entry, from: scope.centre))
        }
        return results
    }

    /// Every setting the search finds, in the order of names: for the map and for files.
    func all(_ search: SettingSearch, in scope: FinderScope, for audience: Audience) -> [FinderEntry] {
        hits(search, in: scope, for: audience).hits.map(\.index).sorted().map { entries[Int($0)] }
    }

    private struct Match {
        let index: Int32
        /// Grows with how far away it is.
        var distance = 0.0
    }

    /// All that fit, in no order, and the test they passed: to the letter if any do, else with a letter or two forgiven.
    private func hits(
        _ search: SettingSearch, in scope: FinderScope, for audience: Audience
    ) -> (hits: [Match], test: FinderTest) {
        let wanted = SortKey.of(search.name).split(separator: " ").map(String.init)
        var test = FinderTest(search, scope, audience, words: wanted)
        var hits = matches(test)
        for index in numbered(search.name) where !hits.contains(where: { $0.index == index }) {
            if test.fits(entries[Int(index)]) { hits.append(Match(index: index, distance: distance(to: index, from: scope.centre))) }
        }
        if hits.isEmpty, !wanted.isEmpty {
            test.forgives = true
            hits = matches(test)
            if hits.isEmpty { test.forgives = false }
        }
        return (hits, test)
    }

    /// Those whose number in a register the text is.
    private func numbered(_ text: String) -> [Int32] {
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }),
            let number = URN(text, in: .ofsted) ?? URN(text, in: .gias) ?? URN(text, in: .agency)
        else { return [] }
        return holders(of: number.value) + (number.alternative.map { holders(of: $0.value) } ?? [])
    }

    /// The settings with this number, found by halving.
    private func holders(of urn: String) -> [Int32] {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle].urn < urn { low = middle + 1 } else { high = middle }
        }
        return numbers[low...].prefix { $0.urn == urn }.map(\.index)
    }

    /// As a squared chord; those that cannot be placed are furthest.
    private func distance(to index: Int32, from centre: GeoPoint?) -> Double {
        guard let centre else { return 0 }
        let chord = glances[Int(positions[Int(index)])].place
            .squaredChord(to: GlobePoint(latitude: centre.latitude, longitude: centre.longitude))
        return chord.isNaN ? .infinity : chord
    }

    private func metres(to entry: FinderEntry, from centre: GeoPoint?) -> Double? {
        guard let centre, let latitude = entry.latitude, let longitude = entry.longitude else { return nil }
        return GreatCircle.metres(from: centre, to: GeoPoint(latitude: latitude, longitude: longitude))
    }

    private func matches(_ test: FinderTest) -> [Match] {
        let sieve = FinderSieve(test)
        if let centre = test.scope.centre {
            let touched = FinderCell.touched(by: centre, metres: test.search.miles * metresInAMile)
            return touched.compactMap { cells[$0] }.flatMap { passed(sieve, among: $0) }
                .filter { test.fits(glances[$0.position], among: entries, names: names) }
                .map { Match(index: glances[$0.position].index, distance: $0.distance) }
        }
        guard let candidates = candidates(test) else { return everyMatch(test, sieve) }
        return candidates.filter { index in
            let glance = glances[Int(positions[Int(index)])]
            return sieve.distance(of: glance) != nil && test.fits(glance, among: entries, names: names)
        }.map { Match(index: $0) }
    }

    /// The glances that pass the sieve, by their positions.
    private func passed(_ sieve: FinderSieve, among range: Range<Int>) -> [(position: Int, distance: Double)] {
        var passed: [(position: Int, distance: Double)] = []
        glances.withUnsafeBufferPointer { glances in
            for position in range {
                if let distance = sieve.distance(of: glances[position]) { passed.append((position, distance)) }
            }
        }
        return passed
    }

    /// Looks at all of them; comes in the order of names, which sorting a hundred thousand would take long to make.
    private func everyMatch(_ test: FinderTest, _ sieve: FinderSieve) -> [Match] {
        var isMatch = [Bool](repeating: false, count: entries.count)
        var count = 0
        for (position, _) in passed(sieve, among: glances.indices) {
            let glance = glances[position]
            guard test.fits(glance, among: entries, names: names) else { continue }
            isMatch[Int(glance.index)] = true
            count += 1
        }
        var found: [Match] = []
        found.reserveCapacity(count)
        for (index, matches) in isMatch.enumerated() where matches { found.append(Match(index: Int32(index))) }
        return found
    }

    /// The shortest list that must hold every match; nil when that is all of them.
    private func candidates(_ test: FinderTest) -> [Int32]? {
        let search = test.search
        let scope = test.scope
        if let ward = search.ward { return byWard[ward] ?? [] }
        if let authority = search.authority { return byAuthority[authority] ?? [] }
        if let wards = scope.wards, scope.settings == nil, scope.hubID == nil {
            return wards.sorted().flatMap { byWard[$0] ?? [] }
        }
        // The longest word asked for is held by the fewest.
        guard let longest = test.words.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
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
