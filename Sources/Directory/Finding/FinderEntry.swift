/// One setting as the search knows it.
///
/// A home (childminder, home childcarer, domestic premises) is placed at the middle of its ward and nowhere closer, for
/// everybody: nothing a stranger can do with distances finds a house.
///
/// A class, so that a search hands round one pointer instead of a dozen texts.
final class FinderEntry: Sendable {
    let id: String
    let hubID: String?
    let type: SettingType
    /// The type as a bit, and whether it is somebody's home.
    let kind: UInt32
    let isHome: Bool
    /// What staff see, and what a stranger sees; the same unless it is a home.
    let title: String
    let publicTitle: String
    let town: String?
    let postcode: String?
    /// Nearly every setting has one number: a list of its own for each would take memory for nothing.
    private let firstURN: String?
    private let moreURNs: [String]
    let wardCode: String?
    let authorityCode: String?
    let latitude: Double?
    let longitude: Double?
    let places: Int?
    let registers: String
    let outcome: String?
    let outcomeDay: String?
    let isSecret: Bool
    let isEarlyYears: Bool
    let isOpen: Bool

    init(
        id: String, hubID: String?, type: SettingType, title: String, publicTitle: String, town: String?, postcode: String?, urns: [String],
        wardCode: String?,
        authorityCode: String?, latitude: Double?, longitude: Double?, places: Int?, registers: String,
        outcome: String?, outcomeDay: String?, isSecret: Bool, isEarlyYears: Bool, isOpen: Bool
    ) {
        self.id = id
        self.hubID = hubID
        self.type = type
        self.title = title
        self.publicTitle = publicTitle
        self.town = town
        self.postcode = postcode
        firstURN = urns.first
        moreURNs = Array(urns.dropFirst())
        self.wardCode = wardCode
        self.authorityCode = authorityCode
        self.latitude = latitude
        self.longitude = longitude
        self.places = places
        self.registers = registers
        self.outcome = outcome
        self.outcomeDay = outcomeDay
        self.isSecret = isSecret
        self.isEarlyYears = isEarlyYears
        self.isOpen = isOpen
        kind = type.bit
        isHome = type.isHome
    }

    /// Its numbers in the registers.
    var urns: [String] { firstURN.map { [$0] + moreURNs } ?? [] }
}
