/// An `AreaProblem` checked, put in canonical order and numbered: everything the search works on.
///
/// Wards are numbered by code. Settings are numbered by ward, then by id, so that the order of the input cannot matter
/// and a ward's settings are one range.
struct AreaModel: Sendable {
    let wardCodes: [String]
    let wardNames: [String]
    let wardIndex: [String: Int]
    /// Neighbours by shared boundary or bridge, ascending.
    var neighbours: [[Int]]
    /// Pairs (lower, higher) that are neighbours by a bridge only.
    var bridges: Set<WardPair>
    /// Bridges that the model had to add because the territory was in pieces.
    var addedBridges: [WardPair] = []

    let settings: [AreaSetting]
    let settingIndex: [String: Int]
    let wardOfSetting: [Int]
    /// Settings of ward w: `settingStart[w]..<settingStart[w + 1]`.
    let settingStart: [Int]
    let wardWeight: [Double]
    let cost: CostTable
    /// Possible bases in each ward, ascending; those that another in the same ward beats for every ward are left out.
    var basesOfWard: [[Int]]

    let count: Int
    var tolerance: Double
    let mean: Double
    let seed: UInt64

    /// Labels of the locks, in alphabetical order; label l is area number l.
    let labels: [String]
    /// Area number that the ward is tied to, or -1.
    let lockedArea: [Int]
    /// Setting that must be the base of the area with this number, or -1.
    let lockedBase: [Int]
    /// Whether any setting may be a base because too few can.
    let anyBase: Bool

    /// Half a billionth of slack, so that a weight that lies exactly on the limit is within it.
    var lightest: Double { mean * (1 - tolerance) - mean * 1e-9 }
    var heaviest: Double { mean * (1 + tolerance) + mean * 1e-9 }

    /// How far a weight lies outside the tolerance, in units of weight.
    @inline(__always)
    func excess(_ weight: Double) -> Double { max(0, weight - heaviest, lightest - weight) }

    /// The setting in these wards that serves them best, and the weight x metres it leaves. Ties go to the lower id.
    func bestBase(_ wards: [Int], area: Int?) -> (base: Int, cost: Double)? {
        if let area, area < lockedBase.count, lockedBase[area] >= 0 {
            return (lockedBase[area], total(from: lockedBase[area], wards))
        }
        var best: (base: Int, cost: Double)?
        for ward in wards {
            for base in basesOfWard[ward] {
                let cost = total(from: base, wards, below: best?.cost ?? .infinity)
                if let found = best {
                    if cost < found.cost || (cost == found.cost && settings[base].id < settings[found.base].id) {
                        best = (base, cost)
                    }
                } else {
                    best = (base, cost)
                }
            }
        }
        return best
    }

    /// Weight x metres from all wards to one base; stops early (with what it has) once above `limit`.
    @inline(__always)
    func total(from base: Int, _ wards: [Int], below limit: Double = .infinity) -> Double {
        var sum = 0.0
        for ward in wards {
            sum += cost.cost(base: base, ward: ward)
            if sum > limit { break }
        }
        return sum
    }
}

/// Two wards in ascending order.
struct WardPair: Hashable, Sendable {
    let low: Int
    let high: Int

    init(_ a: Int, _ b: Int) {
        low = min(a, b)
        high = max(a, b)
    }
}
