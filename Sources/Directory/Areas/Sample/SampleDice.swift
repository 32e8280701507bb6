/// Chances with a seed, so that the invented hub is the same on every machine (SplitMix64).
struct SampleDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True so many times in a hundred.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func pick<T>(_ items: [T]) -> T? { items.randomElement(using: &self) }

    /// One of several outcomes by their weights.
    mutating func weighted<T>(_ items: [(T, Int)]) -> T? {
        var left = number(0...max(0, items.reduce(0) { $0 + $1.1 } - 1))
        for item in items {
            if left < item.1 { return item.0 }
            left -= item.1
        }
        return items.last?.0
    }
}
