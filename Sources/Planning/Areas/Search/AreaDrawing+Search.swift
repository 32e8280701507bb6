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
        let starts = large ? 1 : wards > 200 ? 2 : 4
        var best: Division?
        for start in 0..<starts {
            guard let first = first(growth, places, start, &random) else { continue }
            // Few wards are proven afterwards and need only a fair start; many have nothing but the search.
            let steps = large ? 30_000_000 : wards > AreaColumns.mostWards ? wards * 2_000 : wards * wards * 15
            let annealed = Annealing(steps: steps, exact: !large).run(first, model, &random)
            let descended = Descent().run(annealed, model)
            if best.map({ descended.isBetter(than: $0) }) ?? true { best = descended }
        }
        return best
    }

    private func first(
        _ growth: Growth, _ places: WardPlaces, _ start: Int, _ random: inout SeededGenerator
    ) -> Division? {
        if start == 0, model.wardCodes.count > 200 {
            let cut = Bisection(model: model, places: places).run()
            if model.labels.isEmpty, let division = Division(cut, model) { return division }
        }
        for _ in 0..<20 {
            if let grown = growth.run(&random), let division = Division(grown, model) { return division }
        }
        return nil
    }
}
