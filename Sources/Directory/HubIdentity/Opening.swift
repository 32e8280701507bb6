internal import Civil
internal import House
internal import Store

/// A hub is its team's own until it is opened; from then on everybody sees its pages (`docs/rules/opening-a-hub.md`).
enum Opening {
    static let keepsNumbers = "The hub is open to everybody: write another number, or close the hub first."

    /// Why a hub cannot be opened, a line each; none when it can.
    static func hindrances(_ hub: Hub, _ identity: HubIdentity) -> [String] {
        if identity.safeguarding.isEmpty { return ["\(hub.name) has no ward that the program knows, so nobody’s numbers can be asked for"] }
        let missing = identity.missing.map { "\($0): no number yet" }
        // What is invented through and through may have numbers nobody answers.
        return hub.isSample ? missing : missing + identity.invented.map { "\($0): a number kept for films, which nobody answers" }
    }

    /// Opens a hub to everybody. Throws `ChangeRefused` while a safeguarding number is missing.
    static func open(_ hub: Hub, _ session: any Session, _ tools: Tools) throws {
        try session.lock("eyhub.identity.\(hub.id)")
        let identity = try HubIdentity.of(hub, session)
        guard hindrances(hub, identity).isEmpty else {
            throw ChangeRefused(
                message: identity.safeguarding.isEmpty
                    ? "\(hub.name) cannot open yet: it has no ward that the program knows."
                    : "\(hub.name) cannot open yet: a safeguarding number is missing.")
        }
        try set(hub, isOpen: true, session, tools)
    }

    static func close(_ hub: Hub, _ session: any Session, _ tools: Tools) throws {
        try session.lock("eyhub.identity.\(hub.id)")
        try set(hub, isOpen: false, session, tools)
    }

    static func set(_ hub: Hub, isOpen: Bool, _ session: any Session, _ tools: Tools) throws {
        let condition: SQL = isOpen ? "opened_at is null" : "opened_at is not null"
        let changed = try session.run(
            "update hub set opened_at = \(isOpen ? tools.clock.now : nil) where id = \(hub.id) and \(condition)")
        guard changed > 0 else { return }
        try Audit.log(
            session, tools, action: isOpen ? "directory.hub.opened" : "directory.hub.closed", subject: "hub:\(hub.id)",
            before: isOpen ? "its team’s only" : "open to everybody", after: isOpen ? "open to everybody" : "its team’s only")
    }
}

extension Hubs {
    /// The hub of this name in addresses, if this asker may know of it: everybody of an open one, its own people of any.
    /// Throws `Refusal.notFound`, in the words for a hub that does not exist.
    static func seen(_ slug: String, by asker: Asker, _ session: any Session) throws -> Hub {
        let hub = try named(slug, session)
        guard hub.isOpen || asker.knows(hub: hub.id) else { throw Refusal.notFound("There is no hub at this address.") }
        return hub
    }
}
