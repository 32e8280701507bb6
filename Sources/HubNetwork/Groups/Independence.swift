internal import House

/// Whether a chair is independent of those who sit in the group (`docs/rules/groups.md`). Pure.
enum Independence {
    /// What ties the chair to the group, a sentence each; none means independent.
    static func ties(of chair: Seat.Sitting, others: [Seat.Sitting], seats: [Sector: Int]) -> [String] {
        var ties: [String] = []
        if others.contains(where: { isSame($0, chair) }) { ties.append("The chair also fills another seat.") }
        let isOfSamePlace = others.contains { other in
            if isSame(other, chair) { return false }
            if let setting = chair.settingID, setting == other.settingID { return true }
            guard let own = chair.organisation.map(folded), let theirs = other.organisation.map(folded) else { return false }
            return !own.isEmpty && own == theirs
        }
        if isOfSamePlace { ties.append("Somebody else of the chair’s setting or organisation fills a seat.") }
        // “Others” is no sector that could be spoken for twice.
        if chair.sector != .others, seats[chair.sector] ?? 0 > 1 {
            ties.append("\(chair.sector.name) have \(seats[chair.sector] ?? 0) seats, and the chair is one of them.")
        }
        return ties
    }

    /// The same account, or the same name where neither has one.
    private static func isSame(_ left: Seat.Sitting, _ right: Seat.Sitting) -> Bool {
        if let person = left.personID { return person == right.personID }
        return right.personID == nil && folded(left.name) == folded(right.name)
    }

    private static func folded(_ words: String) -> String {
        words.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
    }
}

/// The share of seats each sector has, beside its share of the hub's settings. Pure.
struct Balance: Sendable, Equatable {
    struct Line: Sendable, Equatable {
        let sector: Sector
        let seats: Int
        let settings: Int
        /// In hundredths of all seats, of all settings.
        let seatShare: Double
        let settingShare: Double
    }

    let lines: [Line]

    init(seats: [Sector: Int], settings: [Sector: Int]) {
        let allSeats = seats.values.reduce(0, +)
        let allSettings = settings.values.reduce(0, +)
        func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) * 100 / Double(whole) }
        lines = Sector.allCases.compactMap { sector in
            let (own, held) = (settings[sector] ?? 0, seats[sector] ?? 0)
            if own == 0 && held == 0 { return nil }
            return Line(
                sector: sector, seats: held, settings: own, seatShare: share(held, of: allSeats), settingShare: share(own, of: allSettings))
        }
    }

    /// The finding, as a sentence: whose share of seats falls shortest of their share of settings.
    var finding: String {
        guard lines.contains(where: { $0.seats > 0 }) else { return "No seats yet" }
        let furthest = lines.filter { $0.settings > 0 }.min { $0.seatShare - $0.settingShare < $1.seatShare - $1.settingShare }
        guard let furthest, furthest.settingShare - furthest.seatShare >= 10 else {
            return "Every sector has about its share of the seats"
        }
        return
            "\(furthest.sector.short) are \(rounded(furthest.settingShare))% of the settings and have \(rounded(furthest.seatShare))% of the seats"
    }

    private func rounded(_ share: Double) -> Int { Int(share.rounded()) }
}
