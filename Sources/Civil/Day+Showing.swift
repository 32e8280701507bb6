extension Day {
    /// "Tuesday 3 March 2026", the house's way of writing a day in full.
    public var long: String { "\(Day.weekdayNames[weekday - 1]) \(medium)" }

    /// "3 March 2026".
    public var medium: String { "\(day) \(Day.monthNames[month - 1]) \(year)" }

    /// "3 Mar 2026", where room is short.
    public var short: String { "\(day) \(Day.monthNames[month - 1].prefix(3)) \(year)" }

    static let weekdayNames: [String] = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    static let monthNames: [String] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
