internal import House
internal import Store

/// What roles are held over, in words. A list of roles costs as many looks as one: hubs once, areas once for each hub, all settings
/// together.
struct ScopeNames: Sendable {
    private var names: [String: String] = [:]

    init(_ grants: [RoleGrant], _ book: PlaceBook, _ session: any Session) throws {
        let settings = Array(Set(grants.compactMap(\.settingID))).sorted()
        let hubsWithAreas = Set(grants.filter { $0.settingID == nil && $0.areaID != nil }.compactMap(\.hubID))
        var entries = try settings.isEmpty ? [] : book.settingsWithIDs(settings, session)
        for hub in hubsWithAreas.sorted() { entries += try book.areas(hub, session) }
        if grants.contains(where: { $0.settingID == nil && $0.areaID == nil && $0.hubID != nil }) { entries += try book.hubs(session) }
        for entry in entries { names[entry.id] = entry.name }
    }

    /// The place of a role that was among those looked up.
    func name(of grant: RoleGrant) -> String {
        if let setting = grant.settingID { return names[setting] ?? "A setting" }
        if let area = grant.areaID, grant.hubID != nil { return names[area] ?? "A mini-hub" }
        if let hub = grant.hubID { return names[hub] ?? "A hub" }
        return "Everything here"
    }
}
