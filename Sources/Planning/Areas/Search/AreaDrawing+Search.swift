extension AreaDrawing {
    /// Several starts, each annealed and then taken downhill; the best of them.
    func search() -> Division? {
        var random = SeededGenerator(seed: model.seed)
        let places = WardPlaces(model)
        let wards = model.wardCodes.count
        var growth: Growth?
        var order = Array(model.labels.indices)
        for _ in 0..<20 {
            growth = Growth(model, places, order: order)
            if growth != nil { break }
            order.shuffle(using: &random)
        }
        guard let growth else { return nil }
        let large = wards > 1_500
        // Few wards are proven afterwards and need only a fair start; many have nothing but the search.
        let steps = Int(effort * Double(large ? 15_000_000 : wards > 32 ? wards * 1_500 : wards * wards * 15))
        var pool = AreaPool()
        var best: Division?
        for start in 0..<(large ? 1 : wards > 200 ? 4 : wards > 32 ? 12 : 5) {
            guard let first = first(growth, places, start, &random) else { continue }
            let annealed = Annealing(steps: steps, exact: !large).run(first, model, &random, &pool)
            let descended = Descent().run(annealed, model)
            if best.map({ descended.isBetter(than: $0) }) ?? true { best = descended }
        }
        guard var best else { return nil }
        best = combine(pool, best)
        // Warmed up a little, the best plan often settles into a better one near by.
        let heats = [0.15, 0.3, 0.6, 0.15, 0.6, 0.3]
        for heat in heats.prefix(large || wards <= 24 ? 0 : wards > 200 ? 3 : 6) {
            let annealed = Annealing(steps: steps, heat: heat, exact: true).run(best, model, &random, &pool)
            let descended = combine(pool, Descent().run(annealed, model))
            if descended.isBetter(than: best) { best = descended }
        }
        return best
    }

    /// The best choice among all areas met, if it beats the best plan met.
    private func combine(_ pool: AreaPool, _ best: Division) -> Division {
        guard model.wardCodes.count > 24, model.wardCodes.count <= AreaColumns.mostWards else { return best }
        var columns = pool.areas
        for (area, wards) in Division.members(best.areaOf, model.count).enumerated() {
            let mask = WardMask(wards)
            if columns[mask] == nil, model.excess(wards.reduce(0) { $0 + model.wardWeight[$1] }) == 0 {
                columns[mask] = AreaColumn(
                    wards: mask, cost: model.total(from: best.bases[area], wards), base: best.bases[area])
            }
        }
        let ceiling = best.excess == 0 ? best.cost * (1 - 1e-9) : .infinity
        let answer = Partition.solve(
            columns.values.sorted { $0.wards < $1.wards }, price: prices(best), count: model.count, ceiling: ceiling,
            budget: 40_000_000)
        switch answer {
        case .optimal(let choice), .stopped(.some(let choice), _):
            guard let division = division(choice), division.isBetter(than: best) else { return best }
            return division
        default: return best
        }
    }

    private func first(
        _ growth: Growth, _ places: WardPlaces, _ start: Int, _ random: inout SeededGenerator
    ) -> Division? {
        if start == 0, model.wardCodes.count > 24 {
            let cut = Bisection(model: model, places: places).run()
            if model.labels.isEmpty, let division = Division(cut, model) { return division }
        }
        for _ in 0..<20 {
            if let grown = growth.run(&random), let division = Division(grown, model) { return division }
        }
        return nil
    }
}
