public import House
public import Store

extension RoleDesk {
    /// A role over a hub, given or ended by another room as part of a change of its own, with the trail of every role. Returns false, and
    /// changes nothing, where the asker may not (a hub's lead and administrators may; everybody may give up a role of their own).
    public static func set(
        _ role: Role, held: Bool, by personID: String, overHub hub: String, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        let mayGive = tools.asker.isAdministrator || tools.asker.hats.contains { $0.role == .hubLead && $0.hubID == hub }
        let isOwn = !held && tools.asker.personID == personID
        guard mayGive || isOwn, role.level == .hub, try People.with(id: personID, session) != nil else { return false }
        guard !held else {
            try Roles.give(RoleGrant(role, hub: hub), to: personID, tools, session)
            return true
        }
        let rows = try session.all(
            "select id from role where person_id = \(personID) and role = \(role) and hub_id = \(hub) and to_at is null order by id")
        for row in rows { try Roles.end(row.text("id"), tools, session) }
        return !rows.isEmpty
    }
}
