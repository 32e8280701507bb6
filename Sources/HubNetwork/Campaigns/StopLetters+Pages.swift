internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// No more invitations from a hub, without signing in (`docs/rules/mail.md`). Opening the address only asks, since mail scanners open it too.
extension Network {
    private struct Reader: Sendable {
        let hubID: String
        let hubName: String
        let address: String
        let hasStopped: Bool
        let look: HubLook?
    }

    private func reader(_ request: Request, _ session: any Session) throws -> Reader {
        let row = try session.first(
            """
            select p.address, c.hub_id from campaign_post p join campaign c on c.id = p.campaign_id
            where p.stop_key = \(request.parameter("key")) and p.address is not null
            """)
        guard let row, let address = row.textOrNil("address") else {
            throw Refusal.notFound("This address does not end anything. Copy the whole of it from the letter.")
        }
        let hub = row.text("hub_id")
        let stopped = try session.count("select count(*) from campaign_stop where hub_id = \(hub) and address = \(address.lowercased())")
        return Reader(
            hubID: hub, hubName: try Directory.hubs(session).first { $0.id == hub }?.name ?? "The hub", address: address,
            hasStopped: stopped > 0, look: try tools.look(ofHub: hub, session))
    }

    func askStop(_ request: Request) async throws -> Answer {
        let known = try await tools.database.read { [self] in try reader(request, $0) }
        if known.hasStopped { return stopped(known) }
        let confirm = Confirm(
            "No more invitations from \(known.hubName) by e-mail?", action: request.path, confirm: "Stop them",
            cancel: Link("Keep them", "/"),
            consequences: ["Somebody of the hub may still ring you. Say then if you would rather not."], isDanger: false)
        var frame = tools.frame("Invitations by e-mail", for: .stranger, at: "/sign-in", content: "\(confirm)")
        frame.wearForStrangers(known.look)
        frame.isListed = false
        return .page(frame.html)
    }

    func stopLetters(_ request: Request) async throws -> Answer {
        let tools = tools
        let known = try await tools.database.write { [self] session in
            let known = try reader(request, session)
            let isNew = try session.run(
                """
                insert into campaign_stop (hub_id, address, at) values (\(known.hubID), \(known.address.lowercased()), \(tools.clock.now))
                on conflict (hub_id, address) do nothing
                """)
            if isNew == 1 { try Audit.log(session, tools, action: "network.campaign.stopped", subject: "hub:\(known.hubID)") }
            return known
        }
        return stopped(known)
    }

    /// Not a redirect: mail programs do not follow one (RFC 8058, 3.1).
    private func stopped(_ reader: Reader) -> Answer {
        var frame = tools.frame(
            "No more invitations", for: .stranger, at: "/sign-in",
            content: "<p>\(reader.hubName) sends no more invitations to this address. Tell the hub if you want them again.</p>")
        frame.wearForStrangers(reader.look)
        frame.notices = [.success("Saved.")]
        frame.isListed = false
        return .page(frame.html)
    }
}
