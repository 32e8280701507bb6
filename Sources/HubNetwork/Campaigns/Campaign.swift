internal import Civil
internal import Directory
internal import House
internal import Store

/// A hub's drive to reach settings and partners: what it asks of them, and for how long.
struct Campaign: Sendable {
    let id: String
    let hubID: String
    let title: String
    let purpose: String?
    /// What those on the list are asked for: "to join the hub".
    let asks: String
    let from: Day
    let to: Day?
    let version: Int
    /// Which letter is the newest, from 1.
    let edition: Int
    let closedAt: Instant?
    let result: String?

    init?(_ row: Row) {
        guard let from = row.day("from_day") else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        title = row.text("title")
        purpose = row.textOrNil("purpose")
        asks = row.text("asks")
        self.from = from
        to = row.day("to_day")
        version = row.int("version")
        edition = row.int("edition")
        closedAt = row.instant("closed_at")
        result = row.textOrNil("result")
    }

    /// From its first day until it was closed.
    func covers(_ day: Day) -> Bool { day >= from && (closedAt.map { day <= $0.dayInLondon } ?? true) }

    var isOpen: Bool { closedAt == nil }

    /// "1 September to 30 November 2026".
    var days: String { to.map { "\(from.medium) to \($0.medium)" } ?? "From \(from.medium)" }
}

/// What somebody typed about a campaign.
struct CampaignWords: Sendable, Equatable {
    var title: String
    var purpose: String?
    var asks: String
    var from: Day
    var to: Day?
}

/// Somebody who is invited and is no setting.
struct CampaignPartner: Sendable {
    let id: String
    let name: String
    let organisation: String
    let email: String?
    let telephone: String?
    let sector: Sector

    init(_ row: Row) {
        id = row.text("partner_id")
        name = row.text("partner_name")
        organisation = row.text("organisation")
        email = row.textOrNil("partner_email")
        telephone = row.textOrNil("partner_telephone")
        sector = row.code("sector") ?? .others
    }

    /// After its time the name is gone and the organisation stays.
    var title: String { name.isEmpty ? organisation : "\(name), \(organisation)" }
}

/// How it went with the newest letter to one line of the list.
struct CampaignPost: Sendable {
    let edition: Int
    let isEmail: Bool
    let day: Day
    /// The mail server gave it back, and why.
    let problem: String?
    let isWaiting: Bool

    init?(_ row: Row) {
        guard let day = row.day("day") else { return nil }
        edition = row.int("edition")
        isEmail = row.text("way") == "email"
        self.day = day
        let state = row.textOrNil("state")
        isWaiting = state == "queued" || state == "sending"
        problem = row.textOrNil("bounce_reason") ?? (state == "failed" ? row.textOrNil("last_error") ?? "It could not be sent." : nil)
    }
}

/// One line of a campaign's list, with all that is known of it.
struct CampaignTarget: Sendable {
    let id: String
    /// The hub's setting, while it is open.
    let place: HubGround.Place?
    let settingID: String?
    let partner: CampaignPartner?
    let title: String
    let area: String
    let callerID: String?
    let progress: CampaignProgress
    let posts: [CampaignPost]
    /// It asked for no more letters.
    let wantsNoLetters: Bool
    let isRemoved: Bool
    /// The oldest first; the latest is the one shown.
    let events: [CampaignEvent]

    var email: String? { place?.email ?? partner?.email }
    var telephone: String? { place?.telephone ?? partner?.telephone }
    var kind: String { place?.type.name ?? partner?.sector.name ?? "No longer open" }

    func isDue(on today: Day) -> Bool { progress.due.map { $0 <= today } ?? false }
}
