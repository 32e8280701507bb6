internal import Civil
internal import House
internal import Pictures
internal import Store

extension HubIdentity {
    /// What a hub says of itself; all of it blank until it has.
    static func of(_ hub: Hub, _ session: any Session) throws -> HubIdentity {
        var identity = HubIdentity()
        if let row = try session.first("select * from hub_identity where hub_id = \(hub.id)") {
            identity.colour = row.textOrNil("colour").flatMap { Colour($0) }
            identity.logo = row.textOrNil("logo")
            identity.funder = row.textOrNil("funder")
            identity.funderLogo = row.textOrNil("funder_logo")
            identity.formatEmail = row.textOrNil("format_email")
            identity.formatTelephone = row.textOrNil("format_telephone")
            identity.formatAddress = row.textOrNil("format_address")
            identity.introduction = row.textOrNil("introduction")
            identity.videoAddress = row.textOrNil("video_address")
            identity.videoTitle = row.textOrNil("video_title")
            identity.edition = row.int("edition")
        }
        identity.safeguarding = try safeguarding(of: hub, session)
        return identity
    }

    /// A line for each authority that the hub has wards of, filled or not.
    private static func safeguarding(of hub: Hub, _ session: any Session) throws -> [Safeguarding] {
        try session.all(
            """
            select distinct w.authority_code, a.name, n.day, n.night, n.officer from hub_ward h join ward w on w.code = h.ward_code
            left join authority a on a.code = w.authority_code
            left join hub_safeguarding n on n.hub_id = h.hub_id and n.authority_code = w.authority_code
            where h.hub_id = \(hub.id) order by a.name, w.authority_code
            """
        ).map { row in
            let code = row.text("authority_code")
            return Safeguarding(
                authority: code, name: row.textOrNil("name") ?? code, day: row.textOrNil("day"), night: row.textOrNil("night"),
                officer: row.textOrNil("officer"))
        }
    }

    /// Keeps what a hub says of itself from now on, over what `before` was read. Pictures that nothing shows any more go.
    /// Throws `ChangeRefused` when an open hub would lose a safeguarding number, `IdentityClash` when somebody else saved meanwhile.
    func save(over before: HubIdentity, name: String, _ hub: Hub, _ session: any Session, _ tools: Tools) throws {
        try session.lock("eyhub.identity.\(hub.id)")
        let now = try HubIdentity.of(hub, session)
        guard now.edition == before.edition else { throw IdentityClash() }
        let isOpen = try session.count("select count(*) from hub where id = \(hub.id) and opened_at is not null") > 0
        // What everybody sees keeps its numbers. Those that were missing before, in hubs of earlier versions, may stay so.
        if isOpen, !Set(Opening.hindrances(hub, self)).isSubset(of: Opening.hindrances(hub, now)) {
            throw ChangeRefused(message: Opening.keepsNumbers)
        }
        try session.run("insert into hub_identity (hub_id, edition) values (\(hub.id), 0) on conflict (hub_id) do nothing")
        try session.run(
            """
            update hub_identity set colour = \(colour?.hex), logo = \(logo), funder = \(funder), funder_logo = \(funderLogo),
                format_email = \(formatEmail), format_telephone = \(formatTelephone), format_address = \(formatAddress),
                introduction = \(introduction), video_address = \(videoAddress), video_title = \(videoTitle), edition = edition + 1
            where hub_id = \(hub.id)
            """)
        for place in safeguarding {
            try session.run(
                """
                insert into hub_safeguarding (hub_id, authority_code, day, night, officer)
                values (\(hub.id), \(place.authority), \(place.day), \(place.night), \(place.officer))
                on conflict (hub_id, authority_code) do update set day = excluded.day, night = excluded.night, officer = excluded.officer
                """)
        }
        if name != hub.name { try session.run("update hub set name = \(name) where id = \(hub.id)") }
        for gone in [now.logo, now.funderLogo] where gone != logo && gone != funderLogo {
            if let gone { try Pictures.drop(gone, in: session) }
        }
        let changes = zip([("name", hub.name)] + now.lines, [("name", name)] + lines).filter { $0.1 != $1.1 }
        guard !changes.isEmpty else { return }
        func words(_ lines: [(String, String?)]) -> String { lines.map { "\($0.0): \($0.1 ?? "none")" }.joined(separator: "; ") }
        try Audit.log(
            session, tools, action: "directory.hub.identity-changed", subject: "hub:\(hub.id)", before: words(changes.map(\.0)),
            after: words(changes.map(\.1)))
    }
}

/// Somebody else saved the same hub's identity while it was being changed here.
struct IdentityClash: Error {}
