/// One setting as the search knows it.
///
/// A home (childminder, home childcarer, domestic premises) is placed at the middle of its ward and nowhere closer, for
/// everybody: nothing a stranger can do with distances finds a house.
struct FinderEntry: Sendable {
    let id: String
    let hubID: String?
    let type: SettingType
    /// The type as a bit, and whether it is somebody's home, at hand for the test every candidate goes through.
    let kind: UInt32
    let isHome: Bool
    /// What staff see, and what a stranger sees; the same unless it is a home.
    let title: String
    let publicTitle: String
    let key: String
    let publicKey: String
    let town: String?
    let postcode: String?
    let urns: [String]
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
}
