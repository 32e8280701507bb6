public import Store

/// One thing people can have done, as the trail says it.
public struct TrailAction: Sendable {
    /// How what stands before and after is read.
    public enum Reading: Sendable {
        /// As it stands: words somebody wrote.
        case words
        /// Codes with their words. Records named in it are shown by their names, days as people write them.
        case codes([String: String])
        /// By a function of the room's own.
        case made(@Sendable (String) -> String)
        /// Not shown in lists: numbers of records that say nothing to anybody.
        case nothing
    }

    /// What the people of the setting it was written about may read of it (`docs/rules/own-setting.md`).
    public enum OwnView: Sendable {
        /// Nothing: it is the team's.
        case nothing
        /// That it was done, and when, without what stood before and after: that names others.
        case fact
        case all
    }

    /// Namespaced: `directory.setting.added`.
    public let code: String
    /// In plain words, in the past: "Added a setting".
    public let words: String
    /// The fact that was changed, said before what it was and is: "Telephone".
    public let field: String?
    public let reading: Reading
    public let own: OwnView

    public init(
        _ code: String, _ words: String, field: String? = nil, _ reading: Reading = .words, own: OwnView = .nothing
    ) {
        self.code = code
        self.words = words
        self.field = field
        self.reading = reading
        self.own = own
    }
}

/// A kind of record the trail speaks of, such as `setting` in `setting:ID`.
public struct TrailKind: Sendable {
    /// A record by its name.
    public struct Record: Sendable {
        public let id: String
        public let name: String
        /// Its page, where it has one. `{hub}` in it stands for the name in addresses of the hub it belongs to.
        public let page: String?
        public let hubID: String?

        public init(_ id: String, _ name: String, page: String? = nil, hubID: String? = nil) {
            self.id = id
            self.name = name
            self.page = page
            self.hubID = hubID
        }
    }

    public let code: String
    /// As people say it: "Setting".
    public let words: String
    /// What one must be allowed to do for its page to open; nil where there is no page.
    public let deed: Deed?
    /// Those of these records that are there, in one look.
    public let find: @Sendable (_ ids: [String], any Session) throws -> [Record]

    public init(
        _ code: String, _ words: String, opens deed: Deed? = nil,
        find: @escaping @Sendable (_ ids: [String], any Session) throws -> [Record]
    ) {
        self.code = code
        self.words = words
        self.deed = deed
        self.find = find
    }

    /// Records that are no rows of a table: the rules, the questions.
    public static func fixed(_ code: String, _ words: String, _ names: [String: String]) -> TrailKind {
        TrailKind(code, words) { ids, _ in ids.compactMap { id in names[id].map { Record(id, $0) } } }
    }
}

/// The words of the trail: each room declares its own, beside what it writes. A test holds them against every action the program writes.
public struct TrailWords: Sendable {
    public private(set) var actions: [String: TrailAction] = [:]
    /// In the order of the rooms.
    public private(set) var kinds: [TrailKind] = []

    public init(_ actions: [TrailAction] = [], kinds: [TrailKind] = []) {
        for action in actions { self.actions[action.code] = action }
        self.kinds = kinds
    }

    /// The words of both; where both name an action, the right side's.
    public static func + (left: TrailWords, right: TrailWords) -> TrailWords {
        var sum = left
        sum.actions.merge(right.actions) { _, new in new }
        sum.kinds += right.kinds
        return sum
    }

    /// What is known of an action; nil where no room knows it.
    public func action(_ code: String) -> TrailAction? { actions[code] }

    /// The action in words; its code where no room knows it any more.
    public func words(_ code: String) -> String { actions[code]?.words ?? code }

    /// What is known of a kind of subject, such as `setting`.
    public func kind(_ code: some StringProtocol) -> TrailKind? { kinds.first { $0.code == code } }

    /// The actions whose words hold all of these words, in any order.
    public func codes(saying words: String) -> [String] {
        let wanted = words.lowercased().split { !$0.isLetter && !$0.isNumber }
        return actions.values.filter { action in
            let said = "\(action.words) \(action.field ?? "") \(action.code)".lowercased()
            return wanted.allSatisfy { said.contains($0) }
        }.map(\.code).sorted()
    }
}

extension Tools {
    /// The same tools, which know the words of every room's trail.
    public func telling(trailIn words: TrailWords) -> Tools {
        var tools = self
        tools.trailWords = words
        return tools
    }
}
