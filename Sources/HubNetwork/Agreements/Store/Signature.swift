internal import Civil
internal import Store

/// Somebody's signature for a setting under one version of an agreement. What was signed, by whom and when never changes.
struct Signature: Sendable {
    /// How it came to us.
    enum How: String, Sendable, CaseIterable, Bindable {
        case page, phone, paper

        var words: String {
            switch self {
            case .page: "on the page, signed in"
            case .phone: "by event code, from a phone"
            case .paper: "on paper, entered by the team"
            }
        }

        var short: String {
            switch self {
            case .page: "Page"
            case .phone: "Event code"
            case .paper: "Paper"
            }
        }
    }

    struct Withdrawal: Sendable {
        let at: Instant
        let by: String
        let because: String
    }

    let id: String
    let versionID: String
    /// Nil while the team has not yet said which setting the words mean.
    let settingID: String?
    /// What the signer called the setting, where it was not found.
    let settingWords: String?
    let personID: String?
    let name: String
    let nameKey: String
    let role: String
    let how: How
    let day: Day
    let at: Instant
    let by: String
    let eventID: String?
    let sheetID: String?
    let fingerprint: String
    let countersignedAt: Instant?
    let countersignedName: String?
    let withdrawal: Withdrawal?
    let renewedBy: String?

    init?(_ row: Row) {
        guard let how: How = row.code("how"), let day = row.day("day"), let at = row.instant("signed_at") else { return nil }
        id = row.text("id")
        versionID = row.text("version_id")
        settingID = row.textOrNil("setting_id")
        settingWords = row.textOrNil("setting_words")
        personID = row.textOrNil("person_id")
        name = row.text("name")
        nameKey = row.text("name_key")
        role = row.text("role_words")
        self.how = how
        self.day = day
        self.at = at
        by = row.text("by_whom")
        eventID = row.textOrNil("event_id")
        sheetID = row.textOrNil("sheet_id")
        fingerprint = row.text("fingerprint")
        countersignedAt = row.instant("countersigned_at")
        countersignedName = row.textOrNil("countersigned_name")
        withdrawal = row.instant("withdrawn_at").map {
            Withdrawal(at: $0, by: row.text("withdrawn_by"), because: row.text("withdrawn_because"))
        }
        renewedBy = row.textOrNil("renewed_by")
    }

    /// Stands for its signer: neither taken back nor renewed since.
    var isStanding: Bool { withdrawal == nil && renewedBy == nil }

    /// Who signed, to count people: the account where it is known, else the name at the setting.
    var personKey: String { personID ?? "\(nameKey) \(settingID ?? settingWords ?? "")" }

    var shownName: String { name.isEmpty ? "Somebody whose name is no longer kept" : name }
    var signer: String { role.isEmpty ? shownName : "\(shownName), \(role)" }

    func state(_ agreement: Agreement, on today: Day) -> SigningRule.State? {
        guard isStanding, let version = agreement.version(versionID) else { return nil }
        return SigningRule.state(
            signedOn: day, isCountersigned: countersignedAt != nil, version.terms, floor: agreement.floor, on: today)
    }
}

/// A signature as it was given, to be written.
struct NewSignature: Sendable {
    /// Made with the form, so that the same form sent twice is one signature.
    var id: String
    var settingID: String?
    var settingWords: String?
    var personID: String?
    var name: String
    var role: String
    var how: Signature.How
    var day: Day
    var eventID: String?
    var sheetID: String?
}
