public import Civil

/// How much of each ward was contacted in each term (`docs/rules/coverage.md`). Pure.
public struct Coverage: Sendable {
    /// One setting and the ward it is in.
    public struct Place: Sendable {
        public let id: String
        public let ward: String

        public init(_ id: String, ward: String) {
            self.id = id
            self.ward = ward
        }
    }

    /// Contacts with a setting in one month; terms begin with months, so no more is needed.
    public struct Month: Sendable {
        public let settingID: String
        /// `2026-09`.
        public let month: String
        /// Somebody was reached in it.
        public let isReached: Bool

        public init(_ settingID: String, month: String, isReached: Bool) {
            self.settingID = settingID
            self.month = month
            self.isReached = isReached
        }
    }

    /// How many of how many.
    public struct Share: Sendable, Equatable {
        public let settings: Int
        public let contacted: Int
        public let reached: Int

        /// In per cent; nil where there is no setting.
        public var percent: Double? { settings == 0 ? nil : Double(contacted) / Double(settings) * 100 }
    }

    public let terms: [Term]
    private let places: [Place]
    /// By term: who was contacted, and who was reached.
    private let contacted: [Term: Set<String>]
    private let reached: [Term: Set<String>]

    public init(_ places: [Place], _ months: [Month], terms: [Term]) {
        self.places = places
        self.terms = terms
        var contacted: [Term: Set<String>] = [:]
        var reached: [Term: Set<String>] = [:]
        for month in months {
            guard let day = Day(iso: "\(month.month)-01") else { continue }
            contacted[Term(of: day), default: []].insert(month.settingID)
            if month.isReached { reached[Term(of: day), default: []].insert(month.settingID) }
        }
        self.contacted = contacted
        self.reached = reached
    }

    /// Of one ward, or of the whole hub.
    public func share(ofWard ward: String? = nil, in term: Term) -> Share {
        let there = places.filter { ward == nil || $0.ward == ward }
        return Share(
            settings: there.count, contacted: there.count { contacted[term]?.contains($0.id) ?? false },
            reached: there.count { reached[term]?.contains($0.id) ?? false })
    }

    /// The steps of the shading: none, up to a quarter, up to a half, up to three quarters, more.
    public static func shade(_ percent: Double) -> Int { percent <= 0 ? 0 : percent <= 25 ? 1 : percent <= 50 ? 2 : percent <= 75 ? 3 : 4 }

    public static let legend = ["none", "up to a quarter", "up to a half", "up to three quarters", "more"]
}
