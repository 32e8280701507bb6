public import Civil
public import Store

/// Something a hub wants to know of a setting: "never contacted", "new on the register". A filter and a count of the live picture.
public struct Signal: Sendable, Hashable {
    /// In addresses: `never-contacted`.
    public let code: String
    /// Beside a setting and in the list of filters: "Never contacted".
    public let words: String
    /// What to do about it, as a button says it: "Log a contact".
    public let doing: String

    public init(_ code: String, _ words: String, doing: String) {
        self.code = code
        self.words = words
        self.doing = doing
    }

    public static func == (left: Signal, right: Signal) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// A signal seen at a setting.
public struct Sighting: Sendable {
    public let settingID: String
    public let signal: Signal
    /// What exactly: "on 3 May 2026", "twice tried".
    public let detail: String
    /// Where it is done with one click; `{hub}` and `{setting}` are filled in.
    public let path: String

    public init(_ settingID: String, _ signal: Signal, _ detail: String = "", path: String) {
        self.settingID = settingID
        self.signal = signal
        self.detail = detail
        self.path = path
    }
}

/// What a room watches for, offered at its front door: the live picture of every hub shows it without knowing the room.
public struct Watch: Sendable {
    public let signals: [Signal]
    /// Everything seen in a hub, in one statement or two however many settings it has.
    public let see: @Sendable (WatchedHub, any Session) throws -> [Sighting]

    public init(_ signals: [Signal], _ see: @escaping @Sendable (WatchedHub, any Session) throws -> [Sighting]) {
        self.signals = signals
        self.see = see
    }
}

/// The hub a watch looks at.
public struct WatchedHub: Sendable {
    public let id: String
    public let settingIDs: [String]
    public let today: Day
    /// "Not contacted since" means since this day.
    public let since: Day

    public init(id: String, settingIDs: [String], today: Day, since: Day) {
        self.id = id
        self.settingIDs = settingIDs
        self.today = today
        self.since = since
    }
}
