internal import House
internal import Page
internal import Store

/// What an invitation is over, as the form says it: `hub:ID`, `area:ID:HUB`, `setting:ID:HUB`, and `setting:ID` for one in no hub.
struct InviteScope: Sendable, Equatable {
    var hubID: String?
    var areaID: String?
    var settingID: String?

    init(hubID: String?, areaID: String?, settingID: String?) {
        self.hubID = hubID
        self.areaID = areaID
        self.settingID = settingID
    }

    init(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        switch parts.first {
        case "hub" where parts.count == 2: hubID = parts[1]
        case "area" where parts.count == 3: (areaID, hubID) = (parts[1], parts[2])
        case "setting" where parts.count == 3: (settingID, hubID) = (parts[1], parts[2])
        case "setting" where parts.count == 2: settingID = parts[1]
        default: break
        }
    }

    func fits(_ level: Role.Level) -> Bool {
        switch level {
        case .installation: hubID == nil
        case .hub: hubID != nil && areaID == nil && settingID == nil
        case .area: areaID != nil
        case .setting: settingID != nil
        }
    }

    func complaint(_ role: Role) -> String {
        switch role.level {
        case .installation: "An administrator is over everything here."
        case .hub: "A \(role.name.lowercased()) is over a hub. Choose one."
        case .area: "A \(role.name.lowercased()) is over a mini-hub. Choose one; publish a plan first if there is none."
        case .setting: "A \(role.name.lowercased()) is in a setting. Choose one."
        }
    }

    static func mayGive(_ role: Role, _ asker: Asker) -> Bool {
        if asker.isAdministrator { return true }
        if asker.hats.contains(where: { $0.role == .hubLead }) { return role != .administrator }
        return role.level == .setting
    }

    /// Whether somebody may invite into any setting of a hub, and so has to find it first.
    static func seeksSettings(_ asker: Asker) -> Bool { asker.isAdministrator || asker.hats.contains { $0.role == .hubLead } }

    /// The hubs somebody may invite over.
    static func hubs(for asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [PlaceBook.Entry] {
        let leads = Set(asker.hats.filter { $0.role == .hubLead }.compactMap(\.hubID))
        return try book.hubs(session).filter { asker.isAdministrator || leads.contains($0.id) }
    }

    /// What somebody may choose from for a role of this level: their hubs, the mini-hubs of these, the settings they manage themselves.
    /// All settings of a hub are no list for a person: they are looked for.
    static func choices(_ level: Role.Level, for asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [Choice] {
        switch level {
        case .installation: return []
        case .hub: return try hubs(for: asker, book, session).map { Choice("hub:\($0.id)", $0.name) }
        case .area:
            let hubs = try hubs(for: asker, book, session)
            return try hubs.flatMap { hub in
                try book.areas(hub.id, session).map { area in
                    Choice("area:\(area.id):\(hub.id)", hubs.count == 1 ? area.name : "\(hub.name): \(area.name)")
                }
            }
        case .setting:
            var choices: [Choice] = []
            for hat in asker.hats where hat.role == .manager {
                guard let setting = hat.settingID else { continue }
                let value = "setting:\(setting)\(hat.hubID.map { ":\($0)" } ?? "")"
                if !choices.contains(where: { $0.value == value }) { choices.append(Choice(value, hat.over)) }
            }
            return choices
        }
    }

    /// The hub is there, the area is one of the hub's, the setting lies in it.
    static func check(_ scope: InviteScope, _ book: PlaceBook, _ session: any Session) throws {
        guard let hub = scope.hubID else {
            if let setting = scope.settingID, try book.setting(setting, session) == nil {
                throw Refusal.badRequest("This setting is no longer there. Choose again.")
            }
            return
        }
        guard try book.hubs(session).contains(where: { $0.id == hub }) else {
            throw Refusal.badRequest("This hub is no longer there. Choose again.")
        }
        if let area = scope.areaID, try !book.areas(hub, session).contains(where: { $0.id == area }) {
            throw Refusal.badRequest("This mini-hub is not one of the hub’s. Choose again.")
        }
        if let setting = scope.settingID, try !book.place(setting, session).hubs.contains(hub) {
            throw Refusal.badRequest("This setting is not one of the hub’s. Choose again.")
        }
    }
}
