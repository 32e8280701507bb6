public import Page

/// What somebody looks for, as the address of the page says it.
public struct SettingSearch: Sendable, Equatable {
    /// By name, or by the distance from where somebody looks.
    public enum Order: String, Sendable, CaseIterable { case name, distance }

    /// Part of a name, or a URN; a full postcode here is taken as `near`.
    public var name = ""
    /// A postcode, full or its first half.
    public var near = ""
    /// Miles from the postcode.
    public var miles = 2.0
    public var types: Set<SettingType> = []
    public var ward: String?
    public var authority: String?
    public var hub: String?
    public var area: String?
    public var leastPlaces: Int?
    public var outcome: String?
    public var register: String?
    /// Also those not for children under five: holiday clubs, tutors, secondary schools.
    public var includesOlder = false
    public var order: Order?
    public var page = 1

    public static let pageSize = 25

    public init() {}

    /// Reads the query of an address. What cannot be understood is left out and said in `errors`.
    public init(_ query: FormData, errors: inout FieldErrors) {
        var reader = FormReader(query)
        name = reader.optionalText("q") ?? ""
        near = reader.optionalText("near", max: 20) ?? ""
        miles =
            reader.optionalDecimal("miles", in: 0.1...100, wrong: "Write how many miles as a number from 0.1 to 100.") ?? 2
        types = Set(query.all("type").compactMap { SettingType(rawValue: $0) })
        ward = reader.optionalText("ward", max: 20)
        authority = reader.optionalText("authority", max: 20)
        hub = reader.optionalText("hub", max: 100)
        area = reader.optionalText("area", max: 100)
        leastPlaces = reader.optionalInt("places", in: 0...10_000, wrong: "Write the least number of places in figures.")
        outcome = reader.optionalText("outcome", max: 30)
        register = reader.optionalText("register", max: 10)
        includesOlder = query["older"] == "yes"
        order = query["sort"].flatMap { Order(rawValue: String($0.drop { $0 == "-" })) }
        page = max(1, min(100_000, query["page"].flatMap { Int($0) } ?? 1))
        errors = reader.errors
    }

    /// The search as the query of an address, for links to its other pages.
    public var query: [(String, String)] {
        var pairs: [(String, String)] = []
        func put(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { pairs.append((name, value)) }
        }
        put("q", name)
        put("near", near)
        if !near.isEmpty { put("miles", SettingSearch.written(miles)) }
        for type in SettingType.allCases where types.contains(type) { put("type", type.rawValue) }
        put("ward", ward)
        put("authority", authority)
        put("hub", hub)
        put("area", area)
        put("places", leastPlaces.map(String.init))
        put("outcome", outcome)
        put("register", register)
        if includesOlder { put("older", "yes") }
        put("sort", order?.rawValue)
        return pairs
    }

    /// A number of miles without needless decimals.
    static func written(_ miles: Double) -> String {
        miles == miles.rounded() ? String(Int(miles)) : String(miles)
    }
}

/// What was found.
struct SettingResults: Sendable {
    struct Hit: Sendable {
        let entry: FinderEntry
        /// Metres from the postcode asked for; to the middle of the ward for a home.
        let metres: Double?
    }

    /// The page asked for.
    var hits: [Hit] = []
    var total = 0
    /// The name was matched with a letter or two forgiven.
    var isForgiving = false
    /// Settings that match in everything but have no known place, when a distance was asked for.
    var unplaced = 0
}
