import Testing

@testable import Civil

/// The rule of docs/rules/working-days.md.
@Suite struct WorkingDaysTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test("Five working days after a day, weekends and bank holidays passed over")
    func reckonsFiveDays() throws {
        let cases: [(String, String)] = [
            // An ordinary week; a weekend.
            ("2026-11-23", "2026-11-30"), ("2026-11-27", "2026-12-04"), ("2026-11-28", "2026-12-04"), ("2026-11-29", "2026-12-04"),
            // Easter 2026: Friday 3 and Monday 6 April.
            ("2026-04-01", "2026-04-10"), ("2026-04-02", "2026-04-13"),
            // Christmas 2026: Friday 25, Monday 28 (for Boxing Day), Friday 1 January.
            ("2026-12-23", "2027-01-04"), ("2026-12-24", "2027-01-05"),
            // Christmas 2027: Monday 27 and Tuesday 28. The Saturday is Christmas Day.
            ("2027-12-17", "2027-12-24"), ("2027-12-20", "2027-12-29"),
            // Early May and spring.
            ("2025-05-02", "2025-05-12"), ("2026-05-22", "2026-06-01"), ("2026-08-28", "2026-09-07"),
        ]
        for (asked, due) in cases {
            let reckoned = WorkingDays.reckon(5, after: try day(asked))
            #expect(reckoned == .init(day: try day(due), isCertain: true), "\(asked): \(reckoned.day)")
        }
    }

    @Test("Past the end of the bank holidays that are known, a day is reckoned by weekends and said to be uncertain")
    func saysWhereKnowledgeEnds() throws {
        #expect(BankHolidays.england.last == (try day("2027-12-31")))
        let inside = WorkingDays.reckon(1, after: try day("2027-12-30"))
        #expect(inside == .init(day: try day("2027-12-31"), isCertain: true))
        let across = WorkingDays.reckon(5, after: try day("2027-12-30"))
        #expect(across == .init(day: try day("2028-01-06"), isCertain: false))
        #expect(!WorkingDays.reckon(5, after: try day("2024-12-01")).isCertain)
    }

    @Test("Every bank holiday of the list is a weekday, eight in each year, and Easter is where the sun and moon put it")
    func holdsTheListTogether() throws {
        var sum: [Int: [Day]] = [:]
        for number in BankHolidays.england.first.daysSince1970...BankHolidays.england.last.daysSince1970 {
            let day = Day(daysSince1970: number)
            if BankHolidays.england.contains(day) == true { sum[day.year, default: []].append(day) }
        }
        for (year, days) in sum {
            #expect(days.count == 8 && days.allSatisfy { $0.weekday <= 5 }, "\(year)")
            let easter = try #require(easterSunday(year))
            #expect(days.contains(easter.adding(days: -2)) && days.contains(easter.adding(days: 1)), "\(year)")
            // Mondays: the first and last of May, the last of August.
            #expect(days.filter { $0.month == 5 || $0.month == 8 }.allSatisfy { $0.weekday == 1 }, "\(year)")
            #expect(days.filter { $0.month == 5 }.map { $0.day <= 7 } == [true, false], "\(year)")
        }
        #expect(sum.keys.sorted() == Array(BankHolidays.england.first.year...BankHolidays.england.last.year))
    }

    @Test("Counting up to the day that was reckoned gives the number back, whatever the day")
    func countsBack() throws {
        let start = try day("2025-01-01").daysSince1970
        for offset in 0..<1_000 {
            let day = Day(daysSince1970: start + offset)
            for count in [1, 5, 20] {
                let due = WorkingDays.reckon(count, after: day).day
                #expect(WorkingDays.count(from: day, to: due) == count)
                #expect(WorkingDays.count(from: due, to: day) == -count)
            }
        }
        #expect(WorkingDays.reckon(0, after: try day("2026-12-25")).day == (try day("2026-12-25")))
    }

    /// The anonymous Gregorian computus.
    private func easterSunday(_ year: Int) -> Day? {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return Day(year: year, month: sum / 31, day: sum % 31 + 1)
    }
}
