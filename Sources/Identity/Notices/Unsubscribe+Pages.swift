internal import Civil
internal import House
internal import Page
internal import Store

/// The way out of notices, at the foot of each: an address that only we can have made.
enum Unsubscribing {
    static let purpose = "unsubscribe"

    static func path(for personID: String, _ box: SecretBox) -> String {
        "/unsubscribe/\(personID).\(box.signature(personID, for: purpose))"
    }

    /// Whose letters it ends; nil when we did not write it.
    static func personID(of key: String, _ box: SecretBox) -> String? {
        guard let dot = key.lastIndex(of: ".") else { return nil }
        let id = String(key[..<dot])
        return Secrets.areEqual(String(key[key.index(after: dot)...]), box.signature(id, for: purpose)) ? id : nil
    }
}

extension Identity {
    /// No more notices, without signing in. Opening the address only asks, since mail scanners open it too; sending the form does it, from
    /// our page or from the button of a mail program (RFC 8058).
    var unsubscribeRoutes: [Route] {
        [
            route(.get, "/unsubscribe/{key}", .arrive, "Ask before notices end") { try await $0.askUnsubscribe($1) },
            route(.post, "/unsubscribe/{key}", .arrive, "End notices, without signing in") { try await $0.unsubscribe($1) }
                .provenByAddress(),
        ]
    }

    /// Whose notices it is about, and how the hub looks that writes them.
    private func reader(_ request: Request, _ session: any Session) throws -> (Person, HubLook?) {
        guard let id = Unsubscribing.personID(of: request.parameter("key"), doorkeeper.box), let person = try People.with(id: id, session)
        else {
            throw Refusal.notFound(
                "This address does not end anything. Copy the whole of it from the letter, or choose on your account page how often mail comes."
            )
        }
        return (person, try Roles.look(of: id, tools, session))
    }

    private func askUnsubscribe(_ request: Request) async throws -> Answer {
        let (person, look) = try await tools.database.read { [self] in try reader(request, $0) }
        if person.mailChoice == .none { return unsubscribed(look) }
        let confirm = Confirm(
            "No more notices by e-mail?", action: request.path, confirm: "Stop the notices", cancel: Link("Keep them", "/"),
            consequences: [
                "You get them \(person.mailChoice.rhythm).",
                "Links to sign in and invitations still come: they are sent only when somebody asks for them.",
                "On <a href=\"/account#notices\">your account page</a> you can have them once a day or once a week instead.",
            ], isDanger: false)
        var frame = tools.frame("Notices by e-mail", for: .stranger, at: "/sign-in", content: "\(confirm)")
        frame.wearForStrangers(look)
        frame.isListed = false
        return .page(frame.html)
    }

    private func unsubscribe(_ request: Request) async throws -> Answer {
        let tools = tools
        let look = try await tools.database.write { [self] session in
            let (person, look) = try reader(request, session)
            // Pressed twice, it is written once.
            if person.mailChoice != .none {
                try Notices.choose(.none, for: person.id, at: tools.clock.now, session)
                try Audit.log(
                    session, tools, action: "identity.mail-wish.unsubscribed", subject: "person:\(person.id)",
                    before: person.mailChoice.rawValue, after: MailChoice.none.rawValue)
            }
            return look
        }
        return unsubscribed(look)
    }

    /// Not a redirect: mail programs do not follow one (RFC 8058, 3.1).
    private func unsubscribed(_ look: HubLook?) -> Answer {
        var frame = tools.frame(
            "No more notices", for: .stranger, at: "/sign-in",
            content: """
                <p>You get no more notices by e-mail. What they would have said stands on your pages.</p>\
                <p>You want them back, or less often? Choose on <a href="/account#notices">your account page</a>.</p>
                """)
        frame.wearForStrangers(look)
        frame.notices = [.success("Saved: no notices.")]
        frame.isListed = false
        return .page(frame.html)
    }
}
