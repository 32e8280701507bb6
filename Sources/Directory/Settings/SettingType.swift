public import Page
public import Store

/// What kind of setting it is, in the words people use (capability 15). Childminders are never folded into "others".
public enum SettingType: String, Sendable, CaseIterable, Bindable {
    case childminder
    case homeChildcarer = "home-childcarer"
    case domestic = "domestic-childcare"
    case dayNursery = "day-nursery"
    case preschool = "pre-school"
    case outOfSchool = "out-of-school"
    case groupProvider = "group-provider"
    case nurserySchool = "nursery-school"
    case school
    case specialSchool = "special-school"
    case childrensCentre = "childrens-centre"
    case stayAndPlay = "stay-and-play"
    case childminderGroup = "childminder-group"
    case healthCentre = "health-centre"
    case agency = "childminder-agency"
    case other

    /// A place of its own in a set of kinds kept as bits: hashing the raw text would be most of a search's time.
    var bit: UInt32 {
        let place: UInt32 =
            switch self {
            case .childminder: 0
            case .homeChildcarer: 1
            case .domestic: 2
            case .dayNursery: 3
            case .preschool: 4
            case .outOfSchool: 5
            case .groupProvider: 6
            case .nurserySchool: 7
            case .school: 8
            case .specialSchool: 9
            case .childrensCentre: 10
            case .stayAndPlay: 11
            case .childminderGroup: 12
            case .healthCentre: 13
            case .agency: 14
            case .other: 15
            }
        return 1 << place
    }

    /// One of them, as in "Day nursery".
    public var name: String {
        switch self {
        case .childminder: "Childminder"
        case .homeChildcarer: "Home childcarer"
        case .domestic: "Childcare on domestic premises"
        case .dayNursery: "Day nursery"
        case .preschool: "Pre-school"
        case .outOfSchool: "Out-of-school club"
        case .groupProvider: "Childcare on non-domestic premises"
        case .nurserySchool: "Nursery school"
        case .school: "School"
        case .specialSchool: "Special school"
        case .childrensCentre: "Children’s centre"
        case .stayAndPlay: "Stay and play"
        case .childminderGroup: "Childminder drop-in"
        case .healthCentre: "Health centre"
        case .agency: "Childminder agency"
        case .other: "Other setting"
        }
    }

    /// Several of them, as in "Day nurseries".
    public var plural: String {
        switch self {
        case .dayNursery: "Day nurseries"
        case .domestic, .groupProvider: name
        case .stayAndPlay: "Stay and play groups"
        case .childrensCentre: "Children’s centres"
        case .agency: "Childminder agencies"
        default: "\(name)s"
        }
    }

    /// The shape and colour it has on every map, chart and badge (`look.md`).
    public var mark: Mark {
        switch self {
        case .childminder, .homeChildcarer, .domestic, .agency: .childminder
        case .dayNursery, .groupProvider: .dayNursery
        case .preschool: .preschool
        case .outOfSchool: .outOfSchool
        case .nurserySchool, .school, .specialSchool: .school
        case .childrensCentre, .stayAndPlay, .childminderGroup, .healthCentre, .other: .group
        }
    }

    /// Its address is somebody's home: strangers are told the ward and nothing closer.
    public var isHome: Bool { self == .childminder || self == .homeChildcarer || self == .domestic }

    /// Ofsted's childcare register knows settings of this kind, and their inspections.
    public var isOnChildcareRegister: Bool {
        switch self {
        case .childminder, .homeChildcarer, .domestic, .dayNursery, .preschool, .outOfSchool, .groupProvider, .agency: true
        default: false
        }
    }

    /// A mini-hub can have its base here: children's centre, nursery school, school or group setting (capability 6).
    public var canBeBase: Bool {
        switch self {
        case .childrensCentre, .nurserySchool, .school, .specialSchool, .dayNursery, .preschool, .groupProvider: true
        default: false
        }
    }
}
