/// A bound from below on the cost of any plan, with a price for each ward that proves it.
///
/// Lagrangian relaxation of the capacitated k-median: wards are bought at their prices by bases that may take any wards
/// up to the tolerance, connected or not (Cornuéjols, Fisher and Nemhauser 1977). What is true of such plans is true of
/// the stricter ones, so the bound holds; how close it is depends on the prices, which are improved step by step.
struct PriceBound {
    /// What each ward is reckoned to cost.
    private(set) var price: [Double]
    /// No plan within the tolerance costs less.
    private(set) var bound = -Double.infinity
    /// The part of the bound that the other areas add when one area is given: all prices and the k - 1 least gains.
    private(set) var others = -Double.infinity

    private let model: AreaModel

    /// - Parameters:
    ///   - guess: prices to start from.
    ///   - ceiling: the cost of a plan that is known.
    init(_ model: AreaModel, guess: [Double], ceiling: Double) {
        self.model = model
        price = guess
        var current = guess
        var stride = 1.5
        var idle = 0
        for _ in 0..<350 {
            let homes = gains(current)
            guard homes.count >= model.count else { return }
            let total = current.reduce(0, +)
            let chosen = homes.prefix(model.count)
            let value = chosen.reduce(total) { $0 + $1.gain }
            if value > bound {
                idle = value > bound + 1e-5 * abs(bound) ? 0 : idle + 1
                bound = value
                others = value - (chosen.last?.gain ?? 0)
                price = current
            } else {
                idle += 1
            }
            if idle >= 12 {
                stride /= 2
                idle = 0
                current = price
                if stride < 0.01 || bound >= ceiling { return }
            }
            var miss = [Double](repeating: 1, count: current.count)
            for home in chosen { for (ward, part) in home.taken { miss[ward] -= part } }
            let norm = miss.reduce(0) { $0 + $1 * $1 }
            if norm < 1e-12 { return }
            let step = stride * max(ceiling - value, 1e-9) / norm
            for ward in current.indices { current[ward] += step * miss[ward] }
        }
    }

    private struct Home {
        var gain: Double
        var taken: [(ward: Int, part: Double)]
    }

    /// For each ward with a base, the least that its best base could cost beyond the prices of what it takes.
    private func gains(_ price: [Double]) -> [Home] {
        var homes: [Home] = []
        for ward in model.wardCodes.indices {
            var best: Home?
            for base in model.basesOfWard[ward] {
                let home = gain(base, ward, price, below: best?.gain ?? .infinity)
                if let home, home.gain < best?.gain ?? .infinity { best = home }
            }
            if let best { homes.append(best) }
        }
        return homes.sorted { $0.gain < $1.gain }
    }

    /// A knapsack with parts allowed: the best buys for their weight, up to the heaviest area allowed and at least to
    /// the lightest.
    private func gain(_ base: Int, _ home: Int, _ price: [Double], below limit: Double) -> Home? {
        var buys: [(ratio: Double, ward: Int, saving: Double)] = []
        var total = model.cost.cost(base: base, ward: home) - price[home]
        var taken: [(ward: Int, part: Double)] = [(home, 1)]
        var possible = total
        for ward in price.indices where ward != home {
            let saving = price[ward] - model.cost.cost(base: base, ward: ward)
            let weight = model.wardWeight[ward]
            if weight <= 0 {
                if saving > 0 {
                    total -= saving
                    possible -= saving
                    taken.append((ward, 1))
                }
            } else {
                buys.append((saving / weight, ward, saving))
                if saving > 0 { possible -= saving }
            }
        }
        // Even with everything worth buying it cannot be the best of its ward (and being light costs more still).
        if possible >= limit { return nil }
        buys.sort { $0.ratio > $1.ratio }
        var room = model.heaviest - model.wardWeight[home]
        var lacking = model.lightest - model.wardWeight[home]
        for buy in buys {
            let weight = model.wardWeight[buy.ward]
            let wanted = buy.saving > 0 ? min(1, room / weight) : min(1, lacking / weight)
            guard wanted > 0 else { break }
            total -= wanted * buy.saving
            room -= wanted * weight
            lacking -= wanted * weight
            taken.append((buy.ward, wanted))
        }
        return Home(gain: total, taken: taken)
    }
}
