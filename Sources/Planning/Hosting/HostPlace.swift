/// A setting that offered to host meetings.
public struct HostPlace: Sendable, Hashable {
    public var id: String
    /// The kind whose turn it is with it, such as its sector.
    public var kind: String
    /// How many people it has room for.
    public var holds: Int
    public var isStepFree: Bool
    /// Where it is, or the middle of its ward. Nil counts as the farthest of all.
    public var point: GeoPoint?
    /// How often it hosted before this plan, in the time that counts.
    public var turnsBefore: Int
    /// The day of its last turn, as a number of days; nil when it never hosted.
    public var lastTurn: Int?
    /// Days on which it cannot host.
    public var away: [ClosedRange<Int>]

    public init(
        id: String, kind: String, holds: Int, isStepFree: Bool = true, point: GeoPoint? = nil, turnsBefore: Int = 0, lastTurn: Int? = nil,
        away: [ClosedRange<Int>] = []
    ) {
        self.id = id
        self.kind = kind
        self.holds = holds
        self.isStepFree = isStepFree
        self.point = point
        self.turnsBefore = turnsBefore
        self.lastTurn = lastTurn
        self.away = away
    }
}

/// A meeting that needs a host.
public struct HostedMeeting: Sendable, Hashable {
    public var id: String
    /// A number of days; only their order and equality matter.
    public var day: Int
    /// Meetings that follow one another: those of the hub, or of one mini-hub.
    public var series: String
    /// How many are expected.
    public var people: Int
    public var needsStepFree: Bool
    /// Who may host it; nil for everybody who offered.
    public var mayHost: Set<String>?
    /// Where those who come travel from.
    public var comers: [GeoPoint]
    /// The host chosen by hand, whatever stands against it.
    public var locked: String?

    public init(
        id: String, day: Int, series: String, people: Int, needsStepFree: Bool = false, mayHost: Set<String>? = nil,
        comers: [GeoPoint] = [], locked: String? = nil
    ) {
        self.id = id
        self.day = day
        self.series = series
        self.people = people
        self.needsStepFree = needsStepFree
        self.mayHost = mayHost
        self.comers = comers
        self.locked = locked
    }
}

/// Why a place cannot host a meeting.
public enum HostObstacle: Sendable, Hashable {
    /// The meeting is another area's.
    case elsewhere
    case tooSmall(holds: Int)
    case notStepFree
    case away
    /// It would host twice in a row, or twice on one day.
    case besideOwnTurn
}

/// Why hosts cannot be found for a year.
public enum HostRotationError: Error, Equatable, Sendable {
    case duplicatePlace(String)
    case duplicateMeeting(String)
    /// The id is a place's or a meeting's.
    case badPosition(String)
    /// Rooms, people and turns are whole numbers from 0 to 100,000.
    case badNumber(String)
    /// A meeting is locked to a place that is not there.
    case unknownHost(meeting: String, host: String)
}

extension HostRotationError: CustomStringConvertible {
    /// What is wrong and how to mend it.
    public var description: String {
        switch self {
        case .duplicatePlace(let id): "Place \(id) appears twice. Keep one of them."
        case .duplicateMeeting(let id): "Meeting \(id) appears twice. Keep one of them."
        case .badPosition(let id): "\(id) has no usable latitude and longitude. Correct it or leave it out."
        case .badNumber(let id): "The numbers of \(id) must be from 0 to 100,000."
        case .unknownHost(let meeting, let host):
            "Meeting \(meeting) is locked to \(host), which is not among the places. Add it or unlock it."
        }
    }
}
