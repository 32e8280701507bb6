internal import Civil
internal import House
internal import Store

/// What the areas of a plan are balanced by.
enum Balance: String, CaseIterable, Bindable, Sendable {
    case settings, places

    /// "12 settings", "1 place".
    func counted(_ number: Int) -> String {
        switch self {
        case .settings: number == 1 ? "1 setting" : "\(number) settings"
        case .places: number == 1 ? "1 place" : "\(number) places"
        }
    }
}

/// One division of a scheme: a draft, the one in force, or one that was.
struct Plan: Sendable, Equatable {
    enum Status: String, Bindable, Sendable { case draft, published, retired }

    let id: String
    let schemeID: String
    var name: String
    var status: Status
    /// First day in force.
    var from: Day?
    /// The day another plan takes its place, the first on which it no longer holds; nil while none follows.
    var to: Day?
    var balance: Balance
    /// How far an area may lie from the mean, as a share of the mean.
    var tolerance: Double
    var seed: Int
    /// What the drawing had to say, one line each; lines beginning with `!` tell of a rule that could not be kept.
    var notes: [String]
    /// Moves on with each change, so that two people cannot change the same thing unseen.
    var edition: Int
    var updatedAt: Instant?

    init(
        id: String, schemeID: String, name: String, status: Status = .draft, balance: Balance = .settings,
        tolerance: Double = 0.1, seed: Int = 1, notes: [String] = []
    ) {
        self.id = id
        self.schemeID = schemeID
        self.name = name
        self.status = status
        self.balance = balance
        self.tolerance = tolerance
        self.seed = seed
        self.notes = notes
        edition = 1
    }

    init(_ row: Row) {
        id = row.text("id")
        schemeID = row.text("scheme_id")
        name = row.text("name")
        status = row.code("status") ?? .draft
        from = row.day("from_day")
        to = row.day("to_day")
        balance = row.code("balanced_by") ?? .settings
        tolerance = row.realOrNil("tolerance") ?? 0.1
        seed = row.int("seed")
        notes = row.text("notes").split(separator: "\n").map(String.init)
        edition = row.int("edition")
        updatedAt = row.instant("updated_at")
    }

    static let columns: SQL =
        """
        p.id, p.scheme_id, p.name, p.status, p.from_day, p.to_day, p.balanced_by, p.tolerance, p.seed, p.notes, p.edition,
        p.updated_at
        """

    /// The last day in force; nil while no other plan follows.
    var last: Day? { to?.adding(days: -1) }

    /// Rules that gave way in the drawing.
    var relaxations: [String] { notes.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) } }
    var remarks: [String] { notes.filter { !$0.hasPrefix("!") } }

    /// Whether it is the division on this day.
    func isInForce(on day: Day) -> Bool {
        guard status != .draft, let from, from <= day else { return false }
        return to.map { $0 > day } ?? true
    }

}
