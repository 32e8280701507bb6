internal import Civil

/// Invented inspections in the proportions that the real registers have, under every framework there is.
enum SampleInspections {
    /// The inspections of one setting, oldest first, none of them after `today`. Schools' are not in the childcare register.
    static func of(_ type: SettingType, before today: Day, _ dice: inout SampleDice) -> [Inspection] {
        switch type {
        case .dayNursery, .preschool, .groupProvider, .domestic, .childminder: earlyYears(type, today, &dice)
        case .outOfSchool: outOfSchool(today, &dice)
        case .homeChildcarer: childcareRegister(today, &dice)
        default: []
        }
    }

    private static func earlyYears(_ type: SettingType, _ today: Day, _ dice: inout SampleDice) -> [Inspection] {
        // One in ten is new and has not been inspected.
        if dice.chance(10) { return [] }
        if dice.chance(type == .childminder ? 12 : 3) {
            return [
                Inspection(
                    framework: .noChildren, onDay: day(2021...2025, today, &dice), number: number(&dice),
                    overall: dice.chance(92) ? "met" : "not-met-actions")
            ]
        }
        var found: [Inspection] = []
        var year = dice.number(2012...2016)
        while year <= 2024 {
            found.append(graded(on: day(year...year, today, &dice), &dice))
            year += dice.number(4...6)
        }
        // Report cards have been given since November 2025.
        if dice.chance(22) { found.append(reportCard(today, &dice)) }
        return found.sorted { $0.onDay < $1.onDay }
    }

    private static func graded(on day: String, _ dice: inout SampleDice) -> Inspection {
        let grade = dice.weighted([("1", 16), ("2", 79), ("3", 4), ("4", 1)]) ?? "2"
        func near() -> String { dice.chance(80) ? grade : grade == "1" ? "2" : "\(max(1, (Int(grade) ?? 2) - 1))" }
        let isNew = day >= "2019-09-01"
        let parts: [String] = [
            "education=\(isNew ? near() : "-")", "attitudes=\(isNew ? near() : "-")",
            "development=\(isNew ? near() : "-")", "leadership=\(near())",
        ]
        return Inspection(
            framework: .graded, onDay: day, number: number(&dice), kind: "Full inspection", overall: grade,
            safeguarding: isNew ? (grade == "4" ? "No" : "Yes") : nil, judgements: parts.joined(separator: ";"))
    }

    private static func reportCard(_ today: Day, _ dice: inout SampleDice) -> Inspection {
        let start = Day(year: 2025, month: 11, day: 12)?.daysSince1970 ?? today.daysSince1970
        let end = max(start, today.daysSince1970 - 20)
        let day = Day(daysSince1970: dice.number(start...end))
        let areas: [String] = ["inclusion", "curriculum", "achievement", "behaviour", "welfare", "governance"]
        let grades = areas.map { area in
            let grade =
                dice.weighted([
                    ("Exceptional", 3), ("Strong standard", 28), ("Expected standard", 60), ("Needs attention", 8),
                    ("Urgent improvement", 1),
                ]) ?? "Expected standard"
            return "\(area)=\(grade)"
        }
        let isUnsafe = grades.contains { $0.hasSuffix("Urgent improvement") }
        return Inspection(
            framework: .reportCard, onDay: day.iso, number: number(&dice), kind: "Full inspection",
            safeguarding: isUnsafe ? "Not met" : "Met", judgements: grades.joined(separator: ";"))
    }

    private static func outOfSchool(_ today: Day, _ dice: inout SampleDice) -> [Inspection] {
        guard dice.chance(85) else { return [] }
        return [
            Inspection(
                framework: .outOfSchool, onDay: day(2020...2025, today, &dice), number: number(&dice),
                overall: dice.chance(93) ? "met" : "not-met-actions")
        ]
    }

    private static func childcareRegister(_ today: Day, _ dice: inout SampleDice) -> [Inspection] {
        guard dice.chance(25) else { return [] }
        return [
            Inspection(
                framework: .childcareRegister, onDay: day(2018...2025, today, &dice), number: number(&dice),
                overall: dice.chance(90) ? "met" : "not-met-actions")
        ]
    }

    /// A working day of one of these years.
    private static func day(_ years: ClosedRange<Int>, _ today: Day, _ dice: inout SampleDice) -> String {
        let year = dice.number(years)
        let first = Day(year: year, month: 1, day: 6)?.daysSince1970 ?? 0
        var day = Day(daysSince1970: first + dice.number(0...330))
        while day.weekday > 5 || (day.month == 8 && day.day > 5) { day = day.adding(days: 1) }
        // Graded inspections ended on 9 November 2025.
        let latest = min(today.adding(days: -1), Day(year: 2025, month: 10, day: 17) ?? today)
        return min(day, latest).iso
    }

    private static func number(_ dice: inout SampleDice) -> String { "FQ\(dice.number(100_000...999_999))" }
}
