internal import Glibc
internal import Planning

/// What rules most candidates out, without touching the setting itself.
struct FinderGlance: Sendable {
    /// Yes-or-no facts, so that one comparison asks for several.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8

        static let forStrangers = Traits(rawValue: 1)
        static let earlyYears = Traits(rawValue: 2)
        static let fromRegisters = Traits(rawValue: 4)
        static let ofAHub = Traits(rawValue: 8)
    }

    /// Not a number where no place is known.
    let place: GlobePoint
    let letters: LetterPairs
    let kind: UInt32
    /// Which of the entries it stands for.
    let index: Int32
    let name: FinderNames.Span
    let publicName: FinderNames.Span
    let traits: Traits

    init(_ named: NamedEntry, index: Int32, names: inout FinderNames) {
        let entry = named.entry
        place = GlobePoint(latitude: entry.latitude ?? .nan, longitude: entry.longitude ?? .nan)
        // Both names, since a glance serves staff and strangers alike.
        letters = LetterPairs(in: named.key).union(LetterPairs(in: named.publicKey))
        name = names.add(named.key)
        publicName = named.key == named.publicKey ? name : names.add(named.publicKey)
        self.index = index
        kind = entry.kind
        var traits: Traits = [entry.hubID == nil ? .fromRegisters : .ofAHub]
        if entry.isOpen && !entry.isSecret { traits.insert(.forStrangers) }
        if entry.isEarlyYears { traits.insert(.earlyYears) }
        self.traits = traits
    }
}

/// A setting with the names it is found by, as staff and as strangers know it; the same unless it is a home.
struct NamedEntry: Sendable {
    let entry: FinderEntry
    let key: String
    let publicKey: String
}

/// A place as a point on a globe of radius 1: how far apart two are is a sum of squares.
struct GlobePoint: Sendable {
    private let x: Double
    private let y: Double
    private let z: Double

    init(latitude: Double, longitude: Double) {
        let north = latitude * .pi / 180
        let east = longitude * .pi / 180
        x = cos(north) * cos(east)
        y = cos(north) * sin(east)
        z = sin(north)
    }

    /// The square of the straight line through the globe; it grows with the distance over the ground.
    @inline(__always)
    func squaredChord(to other: GlobePoint) -> Double {
        let (a, b, c) = (x - other.x, y - other.y, z - other.z)
        return a * a + b * b + c * c
    }

    /// The square of the chord of two places so many metres apart.
    static func squaredChord(metres: Double) -> Double {
        let half = sin(min(metres / GreatCircle.meanEarthRadius, .pi) / 2)
        return 4 * half * half
    }
}

/// Which pairs of neighbouring letters a text holds, as a set of 64 bits: several pairs share a bit, so a text that holds a word
/// always holds its pairs, and one that holds the pairs seldom does not hold the word.
struct LetterPairs: OptionSet, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(in text: String) {
        var bits: UInt64 = 0
        var before: UInt8?
        for byte in text.utf8 {
            // The multiplier spreads the pairs of small letters evenly over the bits.
            if let before { bits |= 1 << ((UInt64(before) &* 31 &+ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 >> 58) }
            before = byte
        }
        rawValue = bits
    }
}
