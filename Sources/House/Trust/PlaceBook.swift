public import Store

/// What the rooms need to know of hubs, areas and settings to speak of them, without reaching into the room that keeps them.
public struct PlaceBook: Sendable {
    /// A hub, an area of one, or a setting.
    public struct Entry: Sendable, Equatable {
        public let id: String
        public let name: String
        /// The hub it belongs to; itself for a hub. A setting in several hubs' wards has none of its own.
        public let hubID: String?
        /// An e-mail address the register or a council's list holds, for settings.
        public let email: String?
        /// What strangers may call it; nil for what they may not know of.
        public let publicName: String?
        /// A hub's name in addresses.
        public let slug: String?

        public init(id: String, name: String, hubID: String?, email: String? = nil, publicName: String? = nil, slug: String? = nil) {
            self.id = id
            self.name = name
            self.hubID = hubID
            self.email = email
            self.publicName = publicName
            self.slug = slug
        }
    }

    public let hubs: @Sendable (any Session) throws -> [Entry]
    /// The areas of a hub in force today.
    public let areas: @Sendable (_ hubID: String, any Session) throws -> [Entry]
    public let setting: @Sendable (_ id: String, any Session) throws -> Entry?
    /// Those of many settings that are there, in one look.
    public let settingsWithIDs: @Sendable (_ ids: [String], any Session) throws -> [Entry]
    /// Settings of a hub whose name holds the words, at most 2,000.
    public let settings: @Sendable (_ hubID: String, _ words: String, any Session) throws -> [Entry]
    public let place: @Sendable (_ settingID: String, any Session) throws -> Whereabouts

    public init(
        hubs: @escaping @Sendable (any Session) throws -> [Entry],
        areas: @escaping @Sendable (_ hubID: String, any Session) throws -> [Entry],
        setting: @escaping @Sendable (_ id: String, any Session) throws -> Entry?,
        settingsWithIDs: @escaping @Sendable (_ ids: [String], any Session) throws -> [Entry],
        settings: @escaping @Sendable (_ hubID: String, _ words: String, any Session) throws -> [Entry],
        place: @escaping @Sendable (_ settingID: String, any Session) throws -> Whereabouts
    ) {
        self.hubs = hubs
        self.areas = areas
        self.setting = setting
        self.settingsWithIDs = settingsWithIDs
        self.settings = settings
        self.place = place
    }
}
