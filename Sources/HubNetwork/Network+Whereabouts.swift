internal import Civil
internal import Directory
internal import House
internal import Store

/// Where the deeds of this room are done, found from a request's own address.
extension Network {
    /// The hub named in the address; a setting named there too must be one of its own.
    static func atHub(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let hub = try Directory.hubID(request.parameter("hub"), session)
        if let setting = request.parameters["id"], try !Directory.whereabouts(ofSetting: setting, session).hubs.contains(hub) {
            throw Refusal.notFound("There is no setting of this hub at this address.")
        }
        if let contact = request.parameters["contact"],
            try session.count("select count(*) from contact where id = \(contact) and hub_id = \(hub)") == 0
        {
            throw Refusal.notFound("There is no contact at this address.")
        }
        return Whereabouts(hubs: [hub])
    }

    /// The id of the hub named in the address.
    static func hubID(_ request: Request, _ session: any Session) throws -> String {
        try Directory.hubID(request.parameter("hub"), session)
    }

    static func atOwnSetting(_ request: Request, _ session: any Session) throws -> Whereabouts {
        try Directory.whereabouts(ofSetting: request.parameter("id"), session)
    }
}
