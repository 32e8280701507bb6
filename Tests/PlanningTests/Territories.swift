import Planning

/// A seeded generator for property tests (SplitMix64).
struct TestGenerator: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Invented territories: square wards of about a kilometre on a grid, some squares left out.
enum Territories {
    static let south = 51.5
    static let west = -0.1
    static let side = 0.01

    /// One figure or letter each, for up to 36 rows and columns.
    static func code(_ row: Int, _ column: Int) -> String {
        "W" + String(row, radix: 36) + String(column, radix: 36)
    }

    static func square(_ row: Int, _ column: Int) -> WardOutline {
        func corner(_ north: Int, _ east: Int) -> GeoPoint {
            GeoPoint(latitude: south + side * Double(row + north), longitude: west + side * Double(column + east))
        }
        return WardOutline(
            code: code(row, column), name: "Ward \(row) \(column)",
            rings: [[corner(0, 0), corner(0, 1), corner(1, 1), corner(1, 0), corner(0, 0)]])
    }

    static func setting(
        _ id: String, _ row: Int, _ column: Int, at place: (Double, Double) = (0.5, 0.5), weight: Double = 1,
        canBeBase: Bool = true
    ) -> AreaSetting {
        AreaSetting(
            id: id,
            point: GeoPoint(
                latitude: south + side * (Double(row) + place.0), longitude: west + side * (Double(column) + place.1)),
            ward: code(row, column), weight: weight, canBeBase: canBeBase)
    }

    /// A random problem over at most `rows` x `columns` wards.
    static func random(
        rows: Int, columns: Int, count: Int, tolerance: Double, missing: Double = 0.15, seed: Int
    ) throws -> AreaProblem {
        var random = TestGenerator(seed)
        var outlines: [WardOutline] = []
        var settings: [AreaSetting] = []
        for row in 0..<rows {
            for column in 0..<columns where Double.random(in: 0..<1, using: &random) >= missing {
                outlines.append(square(row, column))
                for number in 0..<Int.random(in: 0...5, using: &random) {
                    let place = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
                    settings.append(
                        setting(
                            "S" + code(row, column).dropFirst() + "\(number)", row, column, at: place,
                            weight: Double(Int.random(in: 1...3, using: &random)),
                            canBeBase: Int.random(in: 0..<3, using: &random) > 0))
                }
            }
        }
        return try AreaProblem(
            outlines: outlines, settings: settings, count: count, tolerance: tolerance, seed: UInt64(seed))
    }
}

/// Every division of a small problem, tried one by one, with rules of its own writing.
struct BruteForce {
    let problem: AreaProblem
    let codes: [String]
    let neighbours: [String: Set<String>]

    init(_ problem: AreaProblem) {
        self.problem = problem
        codes = problem.wards.map(\.code).sorted()
        var found: [String: Set<String>] = [:]
        for ward in problem.wards {
            for other in ward.neighbours {
                found[ward.code, default: []].insert(other)
                found[other, default: []].insert(ward.code)
            }
        }
        for bridge in problem.bridges {
            found[bridge.from, default: []].insert(bridge.to)
            found[bridge.to, default: []].insert(bridge.from)
        }
        neighbours = found
    }

    /// The least total at each balance: (balance, metres) of every division that keeps all other rules.
    func divisions() -> [(balance: Double, metres: Double)] {
        var known: [Set<String>: (weight: Double, metres: Double)?] = [:]
        var answers: [(balance: Double, metres: Double)] = []
        let mean = problem.settings.reduce(0) { $0 + $1.weight } / Double(problem.count)
        func visit(_ areas: [Set<String>], _ next: Int) {
            if next == codes.count {
                guard areas.count == problem.count else { return }
                var balance = 0.0
                var metres = 0.0
                for area in areas {
                    let figures: (weight: Double, metres: Double)?
                    if let old = known[area] {
                        figures = old
                    } else {
                        figures = self.figures(area)
                        known[area] = .some(figures)
                    }
                    guard let figures else { return }
                    balance = max(balance, abs(figures.weight - mean) / mean)
                    metres += figures.metres
                }
                answers.append((balance, metres))
                return
            }
            for position in areas.indices {
                var grown = areas
                grown[position].insert(codes[next])
                visit(grown, next + 1)
            }
            if areas.count < problem.count { visit(areas + [[codes[next]]], next + 1) }
        }
        visit([], 0)
        return answers
    }

    /// Weight and least metres of an area; nil where it breaks a rule.
    private func figures(_ area: Set<String>) -> (weight: Double, metres: Double)? {
        guard let first = area.first else { return nil }
        var seen: Set<String> = [first]
        var stack = [first]
        while let ward = stack.popLast() {
            for other in neighbours[ward, default: []] where area.contains(other) && seen.insert(other).inserted {
                stack.append(other)
            }
        }
        guard seen == area else { return nil }
        let labels = Set(area.compactMap { problem.locks.areaOfWard[$0] })
        guard labels.count <= 1 else { return nil }
        if let label = labels.first {
            guard problem.locks.areaOfWard.allSatisfy({ $0.value != label || area.contains($0.key) }) else {
                return nil
            }
        }
        let inside = problem.settings.filter { area.contains($0.ward) }
        var bases = inside.filter(\.canBeBase)
        if let label = labels.first, let wanted = problem.locks.baseOfArea[label] {
            bases.removeAll { $0.id != wanted }
        }
        let metres = bases.map { base in
            inside.reduce(0) { $0 + $1.weight * GreatCircle.metres(from: $1.point, to: base.point) }
        }.min()
        guard let metres else { return nil }
        return (inside.reduce(0) { $0 + $1.weight }, metres)
    }
}
