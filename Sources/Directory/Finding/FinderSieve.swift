internal import House
internal import Planning

/// A quick look at a glance, which rules most settings out. Plain numbers only: it is asked tens of thousands of times a search.
struct FinderSieve: Sendable {
    private let kinds: UInt32
    private var needed: FinderGlance.Traits
    private var origins: FinderGlance.Traits
    private let letters: LetterPairs
    private let centre: GlobePoint?
    private let reach: Double

    init(_ test: FinderTest) {
        kinds = test.kinds
        needed = test.audience == .stranger ? .forStrangers : []
        if !test.search.includesOlder { needed.insert(.earlyYears) }
        origins = test.scope.includesRegister ? .fromRegisters : []
        if test.scope.hubID != nil { origins.insert(.ofAHub) }
        // Where a letter or two is forgiven, their pairs differ too.
        letters = test.forgives ? [] : test.words.reduce([]) { $0.union(LetterPairs(in: $1)) }
        centre = test.scope.centre.map { GlobePoint(latitude: $0.latitude, longitude: $0.longitude) }
        reach = GlobePoint.squaredChord(metres: test.search.miles * metresInAMile)
    }

    /// How far away the setting is, as a squared chord (nought where no distance is asked for); nil rules it out.
    @inline(__always)
    func distance(of glance: FinderGlance) -> Double? {
        guard kinds & glance.kind != 0, glance.letters.rawValue & letters.rawValue == letters.rawValue,
            glance.traits.rawValue & needed.rawValue == needed.rawValue, glance.traits.rawValue & origins.rawValue != 0
        else { return nil }
        guard let centre else { return 0 }
        let chord = glance.place.squaredChord(to: centre)
        return chord <= reach ? chord : nil
    }
}
