import House
import Planning
import Testing

@testable import Directory

/// The index against looking at every setting one by one.
@Suite struct FinderIndexTests {
    private static let words = ["little", "stars", "nursery", "park", "school", "st", "marys", "playgroup", "élan", "acorn"]

    private func invented(_ count: Int, using random: inout TestRandom) -> [NamedEntry] {
        let all = (0..<count).map { number in
            let type = SettingType.allCases.randomElement(using: &random) ?? .other
            let name = (0..<Int.random(in: 1...3, using: &random))
                .compactMap { _ in Self.words.randomElement(using: &random) }.joined(separator: " ")
            let isPlaced = Int.random(in: 0..<8, using: &random) > 0
            let publicTitle = type.isHome ? "Childminder in Riverside" : name
            let entry = FinderEntry(
                id: "s\(number)", hubID: Int.random(in: 0..<9, using: &random) == 0 ? "hub" : nil, type: type, title: name,
                publicTitle: publicTitle, town: nil, postcode: nil, urns: [], wardCode: nil,
                authorityCode: Bool.random(using: &random) ? "A1" : "A2",
                latitude: isPlaced ? Double.random(in: 51.4...51.6, using: &random) : nil,
                longitude: isPlaced ? Double.random(in: -0.2...0.2, using: &random) : nil,
                places: Int.random(in: 0...60, using: &random), registers: "EYR", outcome: nil, outcomeDay: nil,
                isSecret: Int.random(in: 0..<20, using: &random) == 0,
                isEarlyYears: Int.random(in: 0..<5, using: &random) > 0, isOpen: Int.random(in: 0..<12, using: &random) > 0)
            return NamedEntry(entry: entry, key: SortKey.of(name), publicKey: SortKey.of(publicTitle))
        }
        return all.sorted { ($0.key, $0.entry.id) < ($1.key, $1.entry.id) }
    }

    /// The plain way: every setting asked every question.
    private func expected(
        _ named: [NamedEntry], _ search: SettingSearch, _ scope: FinderScope, _ audience: Audience
    ) -> [(id: String, metres: Double)] {
        let wanted = SortKey.of(search.name).split(separator: " ")
        return named.compactMap { one in
            let entry = one.entry
            let key = audience == .staff ? one.key : one.publicKey
            guard search.types.isEmpty || search.types.contains(entry.type),
                audience == .staff || (entry.isOpen && !entry.isSecret), search.includesOlder || entry.isEarlyYears,
                entry.hubID == scope.hubID || entry.hubID == nil, entry.authorityCode == search.authority || search.authority == nil,
                (entry.places ?? -1) >= (search.leastPlaces ?? -1), wanted.allSatisfy({ key.contains($0) })
            else { return nil }
            guard let centre = scope.centre else { return (entry.id, 0) }
            guard let latitude = entry.latitude, let longitude = entry.longitude else { return nil }
            let metres = GreatCircle.metres(from: centre, to: GeoPoint(latitude: latitude, longitude: longitude))
            return metres <= search.miles * metresInAMile ? (entry.id, metres) : nil
        }
    }

    @Test(arguments: 1...40) func itFindsWhatLookingAtEverySettingFinds(seed: UInt64) {
        var random = TestRandom(seed)
        let named = invented(400, using: &random)
        let index = FinderIndex(version: 1, named: named, wards: [:], authorities: ["A1": "Exham"])
        for _ in 0..<25 {
            var search = SettingSearch()
            search.name = Bool.random(using: &random) ? Self.words.randomElement(using: &random) ?? "" : ""
            search.miles = Double.random(in: 0.1...12, using: &random)
            if Bool.random(using: &random) { search.types = Set(SettingType.allCases.shuffled(using: &random).prefix(6)) }
            if Int.random(in: 0..<4, using: &random) == 0 { search.authority = "A1" }
            if Int.random(in: 0..<4, using: &random) == 0 { search.leastPlaces = 20 }
            search.includesOlder = Bool.random(using: &random)
            var scope = FinderScope()
            if Bool.random(using: &random) {
                scope.centre = GeoPoint(
                    latitude: Double.random(in: 51.4...51.6, using: &random), longitude: Double.random(in: -0.2...0.2, using: &random))
            }
            if Bool.random(using: &random) { scope.hubID = "hub" }
            let audience: Audience = Bool.random(using: &random) ? .staff : .stranger
            let expected = expected(named, search, scope, audience)
            // Nothing to the letter: the index then forgives, which has tests of its own.
            if expected.isEmpty { continue }

            var ids: [String] = []
            var distances: [Double] = []
            for page in 1...((expected.count + SettingSearch.pageSize - 1) / SettingSearch.pageSize) {
                search.page = page
                let results = index.find(search, in: scope, for: audience)
                #expect(results.total == expected.count)
                ids += results.hits.map(\.entry.id)
                distances += results.hits.compactMap(\.metres)
            }

            let order =
                scope.centre == nil
                ? expected
                : expected.enumerated()
                    .sorted { ($0.element.metres, $0.offset) < ($1.element.metres, $1.offset) }.map(\.element)
            #expect(ids == order.map(\.id), "seed \(seed), \(search)")
            if scope.centre != nil { #expect(distances == order.map(\.metres)) }
        }
    }

    @Test func everySettingIsFoundByEachOfItsNumbers() {
        let named = (0..<500).map { number in
            // Some have two numbers, some share one.
            let urns = number % 7 == 0 ? ["EY\(100_000 + number)", "\(200_000 + number)"] : ["EY\(100_000 + number / 2 * 2)"]
            let entry = FinderEntry(
                id: "s\(number)", hubID: nil, type: .dayNursery, title: "N", publicTitle: "N", town: nil, postcode: nil, urns: urns,
                wardCode: nil, authorityCode: nil, latitude: nil, longitude: nil, places: nil, registers: "EYR", outcome: nil,
                outcomeDay: nil, isSecret: false, isEarlyYears: true, isOpen: true)
            return NamedEntry(entry: entry, key: "n", publicKey: "n")
        }
        let index = FinderIndex(version: 1, named: named, wards: [:], authorities: [:])
        for urn in Set(named.flatMap(\.entry.urns)) + ["EY999999", "100000"] {
            var search = SettingSearch()
            search.name = urn
            let found = Set(index.find(search, in: FinderScope(), for: .staff).hits.map(\.entry.id))
            #expect(found == Set(named.filter { $0.entry.urns.contains(urn) }.map(\.entry.id)), "\(urn)")
        }
    }

    @Test(arguments: 1...20) func theSmallestAreTheBeginningOfTheSorted(seed: UInt64) {
        var random = TestRandom(seed)
        let numbers = (0..<Int.random(in: 0...600, using: &random)).map { _ in Int.random(in: 0...99, using: &random) }
        for count in [0, 1, 25, 80, 1_000] {
            #expect(numbers.smallest(count, by: <) == Array(numbers.sorted().prefix(count)))
        }
    }

    @Test func whatWasReadIsRememberedUntilSomethingIsWrittenOrAQuarterOfASecondHasPassed() {
        var memory = FinderMemory()
        let now = ContinuousClock.now
        var place = FinderScope()
        place.authority = "A1"
        memory.keep(place, near: "Z1 1AA", version: 7, writes: 3, now: now)

        #expect(memory.version(writes: 3, now: now + .milliseconds(249)) == 7)
        #expect(memory.version(writes: 4, now: now) == nil)
        #expect(memory.version(writes: 3, now: now + .milliseconds(250)) == nil)
        #expect(memory.scope(near: "Z1 1AA", version: 7)?.authority == "A1")
        #expect(memory.scope(near: "Z1 1AB", version: 7) == nil)
        // Another version may have other postcodes.
        #expect(memory.scope(near: "Z1 1AA", version: 8) == nil)

        // A slow reading from before does not take it back.
        memory.keep(nil, near: "", version: 6, writes: 3, now: now + .seconds(1))
        #expect(memory.version(writes: 3, now: now) == 7)
    }
}

/// SplitMix64.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
