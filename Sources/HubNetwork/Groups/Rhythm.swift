internal import Civil
internal import Store

/// How often a group should meet, and whether it does (`docs/rules/groups.md`). Pure.
enum Rhythm: String, Sendable, CaseIterable, Bindable {
    case month, twoMonths = "two-months", term, year

    var name: String {
        switch self {
        case .month: "Every month"
        case .twoMonths: "Every two months"
        case .term: "Every term"
        case .year: "Every year"
        }
    }

    /// A stretch of time in which the group should meet once.
    struct Period: Sendable, Equatable {
        let name: String
        let first: Day
        let last: Day
        let met: Int
        let state: State

        enum State: String, Sendable, Equatable {
            case kept, missed
            /// Still running, and not met yet.
            case running
            /// The group began in it.
            case begun
        }
    }

    /// The periods since the group began, the newest first: at most a year of months, two years of terms.
    func periods(since begins: Day, through end: Day, met days: [Day]) -> [Period] {
        var periods: [Period] = []
        var (name, first, last) = around(end)
        while periods.count < most, last >= begins {
            let met = days.count { $0 >= first && $0 <= last }
            let state: Period.State = met > 0 ? .kept : last >= end ? .running : first < begins ? .begun : .missed
            periods.append(Period(name: name, first: first, last: last, met: met, state: state))
            (name, first, last) = around(first.adding(days: -1))
        }
        return periods
    }

    private var most: Int { self == .month ? 12 : self == .year ? 5 : 6 }

    /// The period a day lies in.
    private func around(_ day: Day) -> (String, Day, Day) {
        switch self {
        case .term:
            let term = Term(of: day)
            return (term.name, term.first, term.last)
        case .year:
            // A school year.
            let year = day.month >= 9 ? day.year : day.year - 1
            return ("\(year)/\(year + 1)", start(year, 9, day), start(year + 1, 9, day).adding(days: -1))
        case .month: return months(1, day)
        case .twoMonths: return months(2, day)
        }
    }

    private func months(_ count: Int, _ day: Day) -> (String, Day, Day) {
        let firstMonth = (day.month - 1) / count * count + 1
        let first = start(day.year, firstMonth, day)
        let after = firstMonth + count
        let last = start(after > 12 ? day.year + 1 : day.year, after > 12 ? after - 12 : after, day).adding(days: -1)
        let year = "\(day.year)"
        let names = (firstMonth..<after).compactMap { month in
            Day(year: day.year, month: month, day: 1).map { String($0.medium.dropFirst(2).dropLast(year.count + 1)) }
        }
        return ("\(names.joined(separator: " and ")) \(year)", first, last)
    }

    /// The first of a month; every month from 1 to 12 has one.
    private func start(_ year: Int, _ month: Int, _ otherwise: Day) -> Day { Day(year: year, month: month, day: 1) ?? otherwise }
}
