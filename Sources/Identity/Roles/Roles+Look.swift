internal import House
internal import Store

extension Roles {
    /// How the hub looks that somebody has their roles in; nil for several hubs, or none.
    static func look(of personID: String, _ tools: Tools, _ session: any Session) throws -> HubLook? {
        let hubs = try session.all(
            "select distinct hub_id from role where person_id = \(personID) and to_at is null and hub_id is not null limit 2")
        return hubs.count == 1 ? try tools.look(ofHub: hubs[0].text("hub_id"), session) : nil
    }
}
