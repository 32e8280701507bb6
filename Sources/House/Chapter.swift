public import Civil
public import Page
public import Store

/// Something that happened between the hub and a setting, for the setting's timeline.
public struct TimelineEntry: Sendable {
    public let day: Day
    /// Tells two entries of one day apart, and orders them: a time or an id.
    public let key: String
    public let title: String
    public let detail: HTML
    /// Where there is more of it; `{hub}` is filled in.
    public let href: String?
    /// Where it is taken back with one press, for entries that can be; `{hub}` is filled in.
    public let undo: String?

    public init(day: Day, key: String, title: String, detail: HTML = "", href: String? = nil, undo: String? = nil) {
        self.day = day
        self.key = key
        self.title = title
        self.detail = detail
        self.href = href
        self.undo = undo
    }
}

/// Who reads a timeline.
public enum TimelineReader: Sendable {
    /// The hub's team, with the hub's id.
    case team(String)
    /// The setting's own people: what is marked as shared, and what they did themselves.
    case own
}

/// A room's part of a setting's timeline, offered at its front door.
public struct Chapter: Sendable {
    /// At most `limit` entries before (day, key), newest first; from the newest when `before` is nil. One statement.
    public let entries:
        @Sendable (_ settingID: String, TimelineReader, _ before: (day: Day, key: String)?, _ limit: Int, any Session) throws ->
            [TimelineEntry]

    public init(
        _ entries:
            @escaping @Sendable (
                _ settingID: String, TimelineReader, _ before: (day: Day, key: String)?, _ limit: Int, any Session
            ) throws -> [TimelineEntry]
    ) {
        self.entries = entries
    }

    /// The newest of several rooms' entries, put together.
    public static func together(
        _ chapters: [Chapter], _ settingID: String, _ reader: TimelineReader, before: (day: Day, key: String)?, limit: Int,
        _ session: any Session
    ) throws -> [TimelineEntry] {
        let all = try chapters.flatMap { try $0.entries(settingID, reader, before, limit, session) }
        return Array(all.sorted { ($0.day, $0.key) > ($1.day, $1.key) }.prefix(limit))
    }
}
