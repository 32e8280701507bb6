internal import Civil
internal import Store

/// Somebody who volunteered, or was named by the team, to look after an area of a hub.
struct Champion: Sendable {
    let id: String
    let personID: String?
    /// As their account says it now; as the team or they themselves wrote it where there is none.
    let name: String
    let email: String?
    let telephone: String?
    let settingID: String?
    /// The setting in their own words, where no record fits.
    let settingSaid: String?
    let wishAreaID: String?
    let wishArea: String?
    /// Other champions of the hub may see how to reach them.
    let shares: Bool
    let source: Source
    let stoodAt: Instant?
    let state: State
    let declinedBecause: String?
    let leftDay: Day?
    let leftBecause: String?
    let note: String?
    let version: Int

    enum Source: String, Sendable, CaseIterable, Bindable {
        case own, team, event

        var words: String {
            switch self {
            case .own: "from their own page"
            case .team: "named by the team"
            case .event: "at an event"
            }
        }
    }

    enum State: String, Sendable, CaseIterable, Bindable { case waiting, accepted, declined }

    /// What was forgotten or blanked has no name any more.
    static let nameless = "Somebody who left"

    /// `names` are those of accounts, as `PeopleBook` gives them.
    init(_ row: Row, names: [String: String]) {
        id = row.text("id")
        personID = row.textOrNil("person_id")
        name = personID.flatMap { names["person:\($0)"] } ?? row.text("name")
        email = row.textOrNil("email")
        telephone = row.textOrNil("telephone")
        settingID = row.textOrNil("setting_id")
        settingSaid = row.textOrNil("setting_said")
        wishAreaID = row.textOrNil("wish_area_id")
        wishArea = row.textOrNil("wish_area")
        shares = row.bool("shares")
        source = row.code("source") ?? .team
        stoodAt = row.instant("stood_at")
        state = row.code("state") ?? .waiting
        declinedBecause = row.textOrNil("declined_because")
        leftDay = row.day("left_day")
        leftBecause = row.textOrNil("left_because")
        note = row.textOrNil("note")
        version = row.int("version")
    }

    var isWaiting: Bool { state == .waiting && leftDay == nil }
    var isActive: Bool { state == .accepted && leftDay == nil }
}

/// An area given to somebody, from one day to another.
struct AreaPost: Sendable {
    let id: String
    let championID: String
    let kind: Kind
    let areaID: String
    let areaName: String
    /// The setting a coordinator works from.
    let baseID: String?
    /// Who of the council's team stands beside them.
    let linkPerson: String?
    let tenure: Tenure
    let endedBecause: String?

    enum Kind: String, Sendable, CaseIterable, Bindable {
        case champion, coordinator

        var name: String { self == .champion ? "Champion" : "Coordinator" }
    }

    init?(_ row: Row) {
        guard let from = row.day("from_day") else { return nil }
        id = row.text("id")
        championID = row.text("champion_id")
        kind = row.code("kind") ?? .champion
        areaID = row.text("area_id")
        areaName = row.text("area_name")
        baseID = row.textOrNil("base_id")
        linkPerson = row.textOrNil("link_person")
        tenure = Tenure(from: from, to: row.day("to_day"))
        endedBecause = row.textOrNil("ended_because")
    }
}

/// A meeting of an area that was held.
struct AreaMeeting: Sendable {
    let id: String
    let areaID: String
    let areaName: String
    let day: Day
    /// How many came, where somebody counted.
    let people: Int?

    init?(_ row: Row) {
        guard let day = row.day("day") else { return nil }
        id = row.text("id")
        areaID = row.text("area_id")
        areaName = row.text("area_name")
        self.day = day
        people = row.intOrNil("people")
    }
}

/// Something the hub wants to see before the council lets go of an area.
struct HandoverCriterion: Sendable {
    let id: String
    let words: String

    /// To begin with; a hub writes its own.
    static let samples: [String] = [
        "Two meetings in a row were called and led by people of the settings",
        "Notes are taken and sent round by the settings themselves",
        "A second person can stand in for the champion",
        "Childminders, schools and group settings were all there in the last two terms",
        "The next three dates and hosts are fixed",
        "Everybody knows whom to ask at the council, and for what",
    ]
}

/// A criterion met by an area.
struct HandoverTick: Sendable {
    let criterionID: String
    let areaID: String
    let areaName: String
    let day: Day
    let by: String
}

/// The day an area began to be led by its providers.
struct Handover: Sendable {
    let id: String
    let areaID: String
    let areaName: String
    let day: Day
    let note: String?
    let by: String
}
