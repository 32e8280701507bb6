internal import House
internal import Page
internal import Pictures
internal import Store

extension Deed {
    static let dressHub = Deed(
        "directory.hub.identity", "Say how a hub looks and is reached, and open it to everybody",
        [.administrator: .anywhere, .hubLead: .ownHub])
}

extension Directory {
    /// How a hub looks and is reached, and whether everybody may see it.
    var identityRoutes: [Route] {
        let hub = "/staff/hubs/{hub}"
        return [
            route(.get, "\(hub)/identity", .dressHub, "How a hub looks and is reached", at: Self.atHub) { try await $0.identityPage($1) },
            route(.post, "\(hub)/identity", .dressHub, "Change how a hub looks and is reached", at: Self.atHub) {
                try await $0.saveIdentity($1)
            },
            route(.get, "\(hub)/opening", .dressHub, "What a hub needs to open", at: Self.atHub) { try await $0.openingPage($1) },
            route(.post, "\(hub)/opening", .dressHub, "Open a hub to everybody, or close it", at: Self.atHub) {
                try await $0.changeOpening($1)
            },
            route(.get, "/colours/{name}", .look, "The colours of a hub, as a stylesheet") { try $0.colours($1) },
            route(.get, "/pictures/{name}", .look, "A hub’s logo") { try await $0.logo($1) },
        ]
    }

    /// The sheet is made of its own name: it needs no store, and may be kept for good.
    private func colours(_ request: Request) throws -> Answer {
        guard let colours = HubColours(stylesheetNamed: request.parameter("name")) else {
            throw Refusal.notFound("There is no stylesheet at this address.")
        }
        return Answer(
            contentType: "text/css; charset=utf-8", headers: [("Cache-Control", "public, max-age=31536000, immutable")],
            body: Array(colours.stylesheet.utf8))
    }

    /// A picture is served only while a hub shows it as its logo, and for a hub that is not open only to its own people.
    private func logo(_ request: Request) async throws -> Answer {
        let name = request.parameter("name")
        let asker = tools.asker
        let (picture, isOpen) = try await tools.database.read { session in
            let owner = try session.first(
                """
                select h.id, h.opened_at from hub h join hub_identity i on i.hub_id = h.id
                where i.logo = \(name) or i.funder_logo = \(name)
                """)
            guard let owner, owner.textOrNil("opened_at") != nil || asker.knows(hub: owner.text("id")),
                let picture = try Pictures.named(name, in: session)
            else { throw Refusal.notFound("There is no picture at this address.") }
            return (picture, owner.textOrNil("opened_at") != nil)
        }
        return Answer(
            contentType: picture.kind.contentType,
            headers: [("Cache-Control", isOpen ? "public, max-age=31536000, immutable" : "no-store")], body: picture.bytes)
    }
}
