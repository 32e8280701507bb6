internal import Civil
internal import House
internal import Store

/// Some people who steer a part of the hub's work together (`docs/rules/groups.md`).
struct NetworkGroup: Sendable {
    enum Kind: String, Sendable, CaseIterable, Bindable {
        case steering, strategic, task, mentors

        var name: String {
            switch self {
            case .steering: "Steering group"
            case .strategic: "Strategic group"
            case .task: "Task and finish group"
            case .mentors: "Mentors’ group"
            }
        }

        /// In lists.
        var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        /// Who must have a seat in it.
        var expected: [Sector] { self == .steering ? [.council, .health] : [] }
    }

    let id: String
    let hubID: String
    let kind: Kind
    let title: String
    let purpose: String?
    let beginsDay: Day
    /// A task and finish group has one from the start.
    let endsDay: Day?
    /// When it was ended; nil while it works.
    let endedDay: Day?
    let rhythm: Rhythm?
    /// Counts the changes of these facts, so that two editors see one another.
    let version: Int

    init?(_ row: Row) {
        guard let kind: Kind = row.code("kind"), let begins = row.day("begins_day") else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        self.kind = kind
        title = row.text("title")
        purpose = row.textOrNil("purpose")
        beginsDay = begins
        endsDay = row.day("ends_day")
        endedDay = row.day("ended_day")
        rhythm = row.code("rhythm")
        version = row.int("version")
    }

    var isAtWork: Bool { endedDay == nil }

    /// Past the day it was to end by, and still at work.
    func isOverdue(on today: Day) -> Bool { isAtWork && endsDay.map { $0 < today } ?? false }
}

/// A place in a group for somebody who speaks for a sector, or who chairs.
struct Seat: Sendable {
    /// Somebody who fills or filled it.
    struct Sitting: Sendable {
        let id: String
        let personID: String?
        /// Of the account, or as it was written by hand.
        let name: String
        let organisation: String?
        let settingID: String?
        /// Whom they come from; for the seat of a sector that sector.
        let sector: Sector
        let fromDay: Day
        let toDay: Day?
    }

    let id: String
    let groupID: String
    let sector: Sector
    let title: String?
    let isChair: Bool
    let fromDay: Day
    let endedDay: Day?
    /// The oldest first.
    let sittings: [Sitting]

    /// Who sits there now.
    var holder: Sitting? { sittings.first { $0.toDay == nil } }
    /// Since when nobody does.
    var vacantSince: Day? { holder == nil ? sittings.compactMap(\.toDay).max() ?? fromDay : nil }

    var words: String { title ?? (isChair ? "Chair" : sector.name) }
    /// Where there is little room.
    var short: String { title ?? (isChair ? "Chair" : sector.short) }
}

/// A group with all that stands on its page.
struct GroupBook: Sendable {
    let group: NetworkGroup
    /// Also those that were taken out, for the history.
    let allSeats: [Seat]
    var seats: [Seat] { allSeats.filter { $0.endedDay == nil } }
    var chair: Seat? { seats.first(where: \.isChair) }
    /// Those of sectors, without the chair.
    var sectorSeats: [Seat] { seats.filter { !$0.isChair } }
    var vacant: [Seat] { group.isAtWork ? seats.filter { $0.holder == nil } : [] }

    /// Sectors that must have a seat and have none.
    var missing: [Sector] {
        guard group.isAtWork else { return [] }
        return group.kind.expected.filter { sector in !sectorSeats.contains { $0.sector == sector } }
    }

    /// What keeps the chair from being independent; nil where there is no chair.
    var chairTies: [String]? {
        guard let chair, let holder = chair.holder else { return nil }
        let others = sectorSeats.compactMap(\.holder)
        let counts = Dictionary(sectorSeats.map { ($0.sector, 1) }, uniquingKeysWith: +)
        return Independence.ties(of: holder, others: others, seats: counts)
    }
}
