public import Civil

/// Makes ids: UUIDs of version 7 (RFC 9562), so that newer records sort after older ones.
public struct IDMaker: Sendable {
    private let make: @Sendable () -> String

    public init(_ make: @escaping @Sendable () -> String) { self.make = make }

    public func next() -> String { make() }

    /// Ids from the clock given and the machine's source of randomness, 62 bits of it in each.
    ///
    /// Within a second they count up (RFC 9562, method 1: a counter before the random part), so that many made in a row land
    /// next to each other in an index.
    public static func random(clock: Clock) -> IDMaker {
        let counter = Counter()
        return IDMaker {
            var generator = SystemRandomNumberGenerator()
            let number = counter.next()
            let milliseconds = UInt64(max(0, clock.now.seconds)) * 1_000 + (number >> 12) % 1_000
            return uuid7(milliseconds: milliseconds, high: number, low: generator.next())
        }
    }

    /// Ids from a seed, the same every time: for sample data and tests. The maker hands them out in order.
    public static func seeded(_ seed: UInt64, at instant: Instant) -> IDMaker {
        let counter = Counter()
        return IDMaker {
            let number = counter.next()
            return uuid7(
                milliseconds: UInt64(max(0, instant.seconds)) * 1_000 + number, high: mixed(seed &+ number),
                low: mixed(seed &* 31 &+ number))
        }
    }

    static func uuid7(milliseconds: UInt64, high: UInt64, low: UInt64) -> String {
        let first = (milliseconds << 16) | 0x7000 | (high & 0x0FFF)
        let second = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { target in
            var at = 0
            for place in 0..<32 {
                if place == 8 || place == 12 || place == 16 || place == 20 {
                    target[at] = UInt8(ascii: "-")
                    at += 1
                }
                let word = place < 16 ? first : second
                let nibble = UInt8(truncatingIfNeeded: word >> UInt64((15 - place % 16) * 4)) & 0xF
                target[at] = nibble < 10 ? nibble + 48 : nibble + 87
                at += 1
            }
            return at
        }
    }

    /// SplitMix64's finishing step: spreads a counter over all 64 bits.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
