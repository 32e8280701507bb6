internal import Directory
internal import House
internal import Store

extension Deed {
    private static let deskTeam: [Role: Reach] = [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub]

    static let seePledges = Deed(
        "network.pledges.see", "See pledges and agreements, who signed them and who has not", Deed.seeNetwork.reaches)
    static let writePledges = Deed(
        "network.pledges.write", "Write and publish the hub’s pledge and agreements, and sign for the hub",
        [.administrator: .anywhere, .hubLead: .ownHub])
    static let enterPledges = Deed(
        "network.pledges.enter", "Enter signatures from paper, open signing at an event, strike signatures out", deskTeam)
    static let signPledges = Deed(
        "network.pledges.sign", "Sign the hub’s pledge and agreements for one’s own setting",
        [.manager: .ownSetting, .practitioner: .ownSetting])
}

/// Pledges and agreements: their part of the room.
extension Network {
    static let agreementDeeds: [Deed] = [.seePledges, .writePledges, .enterPledges, .signPledges]

    var agreementRoutes: [Route] {
        pledgeRoutes + draftRoutes + signerRoutes + signatureRoutes + paperRoutes + signingEventRoutes + eventSigningRoutes
            + ownPledgeRoutes + certificateRoutes
    }

    /// The hub named in the address; what else is named there must be of that hub and of that agreement.
    static func atAgreement(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        try checkAgreement(request, ofHubs: place.hubs, session)
        return place
    }

    /// One's own setting; an agreement named there must be of a hub it belongs to.
    static func atOwnAgreement(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atOwnSetting(request, session)
        try checkAgreement(request, ofHubs: place.hubs, session)
        return place
    }

    private static func checkAgreement(_ request: Request, ofHubs hubs: Set<String>, _ session: any Session) throws {
        guard let id = request.parameters["agreement"] else { return }
        let list = hubs.sorted()
        if try session.count("select count(*) from agreement where id = \(id) and hub_id in \(list: list)") == 0 { throw Agreements.none }
        func check(_ name: String, _ isThere: (String) -> SQL) throws {
            guard let part = request.parameters[name] else { return }
            if try session.count(isThere(part)) == 0 { throw Agreements.none }
        }
        try check("version") { "select count(*) from agreement_version where id = \($0) and agreement_id = \(id)" }
        try check("event") { "select count(*) from signing_event where id = \($0) and agreement_id = \(id)" }
        try check("sheet") { "select count(*) from signing_sheet where id = \($0) and agreement_id = \(id)" }
        try check("save") {
            "select count(*) from agreement_save s join agreement_version v on v.id = s.version_id where s.id = \($0) and v.agreement_id = \(id)"
        }
        try check("signature") {
            "select count(*) from signature s join agreement_version v on v.id = s.version_id where s.id = \($0) and v.agreement_id = \(id)"
        }
    }

    /// Whether the asker may do a deed in a hub.
    func may(_ deed: Deed, hub id: String) -> Bool { Permission.answer(tools.asker.hats, deed, Whereabouts(hubs: [id])) == .yes }
}
