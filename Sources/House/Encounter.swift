public import Civil
public import Store

/// A meeting, training or visit at which people of several settings, or of one and the hub, were together.
public struct Encounter: Sendable {
    /// What a setting did in it, beside being there.
    public enum Part: String, Sendable, CaseIterable, Codable {
        case present, spoke, hosted, chaired
    }

    /// Tells it apart from every other, whichever room it is of.
    public let id: String
    public let day: Day
    /// What it was, as people say it: "Termly meeting", "Visit".
    public let title: String
    /// Each setting that was there, with its parts; `present` is always among them.
    public let parts: [String: Set<Part>]

    public init(id: String, day: Day, title: String, parts: [String: Set<Part>]) {
        self.id = id
        self.day = day
        self.title = title
        self.parts = parts.mapValues { $0.union([.present]) }
    }
}

/// A room's encounters, offered at its front door: who met whom, who is active and who hosts is counted over all rooms.
public struct EncounterBook: Sendable {
    /// Those of a hub from a day through another, oldest first. At most two statements.
    public let read: @Sendable (_ hubID: String, _ days: ClosedRange<Day>, any Session) throws -> [Encounter]

    public init(_ read: @escaping @Sendable (_ hubID: String, _ days: ClosedRange<Day>, any Session) throws -> [Encounter]) {
        self.read = read
    }

    /// Every room's, put together, oldest first.
    public static func together(
        _ books: [EncounterBook], _ hubID: String, _ days: ClosedRange<Day>, _ session: any Session
    ) throws -> [Encounter] {
        try books.flatMap { try $0.read(hubID, days, session) }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }
}
