internal import House

/// What may be shown of a survey's answers, so that no figure is about fewer than five people (`docs/rules/needs-survey.md`). Pure.
enum Suppression {
    /// No count from one to one less than this is shown.
    static let least = 5

    /// Sectors shown by themselves, or put together.
    struct Group: Sendable, Equatable {
        let sectors: [Sector]
        /// How many people answered in them.
        let count: Int

        var isTogether: Bool { sectors.count > 1 }
        var name: String { isTogether ? sectors.map(\.short).joined(separator: ", ") + " together" : sectors.first?.short ?? "" }
    }

    /// The groups results are shown for: each sector of five or more; those of fewer put together, with the smallest of the others where
    /// they are still fewer than five. Nil when all of them are.
    static func groups(_ answered: [Sector: Int]) -> [Group]? {
        let there = Sector.allCases.compactMap { sector in answered[sector].flatMap { $0 > 0 ? Group(sectors: [sector], count: $0) : nil } }
        guard there.reduce(0, { $0 + $1.count }) >= least else { return nil }
        var shown = there.filter { $0.count >= least }
        var small = there.filter { $0.count < least }
        if small.isEmpty { return shown }
        while small.reduce(0, { $0 + $1.count }) < least, let next = shown.indices.min(by: { shown[$0].count < shown[$1].count }) {
            small.append(shown.remove(at: next))
        }
        let sectors = Sector.allCases.filter { sector in small.contains { $0.sectors.contains(sector) } }
        return shown + [Group(sectors: sectors, count: small.reduce(0) { $0 + $1.count })]
    }

    /// A line of counts that add up to a total, as it may be shown: nil where a count is hidden.
    struct Line: Sendable, Equatable {
        let cells: [Int?]
        let total: Int?
    }

    /// Hides the counts from one to four; then, while those hidden are one alone or fewer than five together, the smallest that is left:
    /// what is hidden cannot be had by taking what is shown from the total. Where somebody who knows this rule and how many there are in
    /// each group (`sizes`) could still work one out, nothing of the line is shown, nor where the total itself is from one to four.
    static func line(_ cells: [Int], of sizes: [Int]) -> Line {
        let total = cells.reduce(0, +)
        let nothing = Line(cells: cells.map { _ in nil }, total: nil)
        guard total == 0 || total >= least, let hidden = hiding(cells) else { return nothing }
        let shown = cells.indices.map { hidden.contains($0) ? nil : cells[$0] }
        let possible = possible(shown, total: total, of: sizes)
        let isGivenAway = hidden.contains { possible[$0].count < 2 && cells[$0] < least }
        return isGivenAway ? nothing : Line(cells: shown, total: total)
    }

    /// The places to hide; nil where there is nothing left to hide beside a small count.
    private static func hiding(_ cells: [Int]) -> Set<Int>? {
        var hidden = Set(cells.indices.filter { cells[$0] > 0 && cells[$0] < least })
        while !hidden.isEmpty, hidden.count == 1 || hidden.reduce(0, { $0 + cells[$1] }) < least {
            let next = cells.indices.filter { !hidden.contains($0) && cells[$0] > 0 }.min { cells[$0] < cells[$1] }
            guard let next else { return nil }
            hidden.insert(next)
        }
        return hidden
    }

    /// What each count could be, as far as the rest tells. Of those hidden at most one is five or more (the rule hides no second one), so
    /// the others are tried from one to four and that one follows from the total.
    private static func possible(_ shown: [Int?], total: Int, of sizes: [Int]) -> [Set<Int>] {
        let places = shown.indices.filter { shown[$0] == nil }
        let left = total - shown.reduce(0) { $0 + ($1 ?? 0) }
        let wanted = Set(places)
        var possible = shown.map { $0.map { [$0] } ?? [] as Set<Int> }
        var guess = shown.map { $0 ?? 0 }
        func take() {
            guard hiding(guess) == wanted else { return }
            for place in places { possible[place].insert(guess[place]) }
        }
        func walk(_ at: Int, _ rest: Int, large: Int?) {
            if at == places.count {
                if let large {
                    guard rest >= least, rest <= sizes[large] else { return }
                    guess[large] = rest
                    take()
                } else if rest == 0 {
                    take()
                }
                return
            }
            let place = places[at]
            if place == large { return walk(at + 1, rest, large: large) }
            for value in 1..<least where value <= sizes[place] && value <= rest {
                guess[place] = value
                walk(at + 1, rest - value, large: large)
            }
        }
        walk(0, left, large: nil)
        for place in places { walk(0, left, large: place) }
        return possible
    }
}
