internal import Civil
internal import House
internal import Store

/// One setting as a reader may see it.
struct Setting: Sendable {
    let id: String
    let hubID: String?
    let type: SettingType
    var name: String?
    var address: String?
    var town: String?
    var postcode: String?
    let placeBasis: PlaceBasis
    var latitude: Double?
    var longitude: Double?
    let wardCode: String?
    let wardName: String?
    let authorityName: String?
    let places: Int?
    let isHome: Bool
    let isSecret: Bool
    let isEarlyYears: Bool
    let registers: String?
    let status: Status
    let outcome: String?
    let outcomeDay: Day?
    var telephone: String?
    var email: String?
    var website: String?
    var note: String?
    let siteID: String?
    let mergedInto: String?
    let version: Int
    let checkedOn: Day?
    let updatedAt: Instant?

    /// What it is called on a page.
    var title: String { SettingTitle.shown(name: name, type: type, ward: wardName, authority: authorityName) }

    enum Status: String, Sendable, Bindable {
        case open
        /// No longer on the register it came from: a candidate for closure, for staff to decide.
        case gone
        case closed

        var words: String {
            switch self {
            case .open: "Open"
            case .gone: "No longer on its register"
            case .closed: "Closed"
            }
        }
    }
}

/// How it is known where a setting is (`docs/rules/postcodes.md`).
enum PlaceBasis: String, Sendable, Bindable {
    case live, terminated, sector, register, ward, hand, none

    var words: String {
        switch self {
        case .live: "its postcode"
        case .terminated: "a postcode no longer in use"
        case .sector: "the middle of its postcode sector, since the postcode is not one we know"
        case .register: "the register’s own map reference"
        case .ward: "its ward"
        case .hand: "hand"
        case .none: "not placed"
        }
    }
}

extension Setting {
    init(_ row: Row) {
        id = row.text("id")
        hubID = row.textOrNil("hub_id")
        type = row.code("type") ?? .other
        name = row.textOrNil("name")
        address = row.textOrNil("address")
        town = row.textOrNil("town")
        postcode = row.textOrNil("postcode")
        placeBasis = row.code("place_basis") ?? .none
        latitude = row.realOrNil("latitude")
        longitude = row.realOrNil("longitude")
        wardCode = row.textOrNil("ward_code")
        wardName = row.textOrNil("ward_name")
        authorityName = row.textOrNil("authority_name")
        places = row.intOrNil("places")
        isHome = row.bool("is_home")
        isSecret = row.bool("is_secret")
        isEarlyYears = row.bool("is_early_years")
        registers = row.textOrNil("registers")
        status = row.code("status") ?? .open
        outcome = row.textOrNil("outcome")
        outcomeDay = row.day("outcome_day")
        telephone = row.textOrNil("telephone")
        email = row.textOrNil("email")
        website = row.textOrNil("website")
        note = row.textOrNil("note")
        siteID = row.textOrNil("site_id")
        mergedInto = row.textOrNil("merged_into")
        version = row.int("version")
        checkedOn = row.day("checked_on")
        updatedAt = row.instant("updated_at")
    }

    /// The setting with only what a stranger may see; nil when a stranger may not know of it at all.
    ///
    /// A home keeps its kind, ward, places and inspections; its name and contacts only where it agreed to show them. Its
    /// address, postcode and point never leave, whatever it agreed to.
    func forStrangers(agreed: Set<String>) -> Setting? {
        if isSecret || status != .open || mergedInto != nil { return nil }
        var seen = self
        if isHome {
            seen.name = agreed.contains("name") ? name : nil
            seen.address = nil
            seen.town = nil
            seen.postcode = nil
            seen.latitude = nil
            seen.longitude = nil
        }
        seen.telephone = agreed.contains("telephone") ? telephone : nil
        seen.email = agreed.contains("email") ? email : nil
        seen.website = agreed.contains("website") ? website : nil
        seen.note = nil
        return seen
    }
}
