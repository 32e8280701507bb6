public import Civil
internal import Directory
public import House

/// Who is a member, and who is active (`docs/rules/membership.md`). Pure.
///
/// Active on a day is a member that was together with others in the last two terms, this one and the one before: it was at a meeting, training
/// or visit, spoke, hosted or chaired.
public struct Activity: Sendable {
    /// One membership, with its days.
    public struct Stay: Sendable {
        public let settingID: String
        public let joined: Day
        public let left: Day?

        public init(settingID: String, joined: Day, left: Day?) {
            self.settingID = settingID
            self.joined = joined
            self.left = left
        }

        /// It is no member any more on the day it left.
        func holds(on day: Day) -> Bool { joined <= day && (left.map { day < $0 } ?? true) }
    }

    /// Members and the active among them, on a day.
    public struct Count: Sendable, Equatable {
        public let members: Int
        public let active: Int

        /// In per cent; nil where there are no members.
        public var rate: Double? { members == 0 ? nil : Double(active) / Double(members) * 100 }
    }

    private let stays: [String: [Stay]]
    /// The days on which a setting was together with others, each once, in order.
    private let days: [String: [Day]]

    public init(_ stays: [Stay], _ encounters: [Encounter]) {
        self.stays = Dictionary(grouping: stays, by: \.settingID)
        var days: [String: Set<Day>] = [:]
        for encounter in encounters { for setting in encounter.parts.keys { days[setting, default: []].insert(encounter.day) } }
        self.days = days.mapValues { $0.sorted() }
    }

    public func isMember(_ setting: String, on day: Day) -> Bool { stays[setting]?.contains { $0.holds(on: day) } ?? false }

    /// Since when it has been a member without a break, on a day.
    public func memberSince(_ setting: String, on day: Day) -> Day? { stays[setting]?.last { $0.holds(on: day) }?.joined }

    /// Whether it was with others in the term of this day, up to it, or in the term before.
    public func wasTogether(_ setting: String, on day: Day) -> Bool {
        let first = Term(of: day).previous.first
        return days[setting]?.contains { $0 >= first && $0 <= day } ?? false
    }

    public func isActive(_ setting: String, on day: Day) -> Bool { isMember(setting, on: day) && wasTogether(setting, on: day) }

    /// The last day up to this one on which it was with others.
    public func lastTogether(_ setting: String, on day: Day) -> Day? { days[setting]?.last { $0 <= day } }

    /// Counted among some settings.
    public func count(_ settings: some Sequence<String>, on day: Day) -> Count {
        var members = 0
        var active = 0
        for setting in settings where isMember(setting, on: day) {
            members += 1
            if wasTogether(setting, on: day) { active += 1 }
        }
        return Count(members: members, active: active)
    }

    /// Everybody who ever joined.
    public var settings: [String] { stays.keys.sorted() }

    /// Why a member is not active.
    public enum Quiet: Sendable, Equatable {
        /// Was with others once, and not in these two terms.
        case since(Day)
        /// Joined longer than two terms ago and was never seen.
        case never
        /// Joined in these two terms and was not seen yet: new rather than quiet.
        case new
    }

    /// How a member that is not active is spoken of; nil for the active and for who is no member.
    public func quiet(_ setting: String, on day: Day) -> Quiet? {
        guard let joined = memberSince(setting, on: day), !wasTogether(setting, on: day) else { return nil }
        if joined >= Term(of: day).previous.first { return .new }
        return lastTogether(setting, on: day).map { .since($0) } ?? .never
    }

    /// The last days of these many terms, oldest first; of the term that runs, the day itself.
    public static func ends(_ terms: Int, upTo today: Day) -> [(term: Term, day: Day)] {
        var ends = [(Term(of: today), today)]
        while ends.count < terms, let term = ends.last?.0.previous { ends.append((term, term.last)) }
        return ends.reversed()
    }
}
