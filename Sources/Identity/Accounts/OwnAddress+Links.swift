internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// The links in the letters about a change of address. Mail programs and scanners open links before people do, so opening one only
    /// asks; and whoever opens it may sit at another device, so it needs no session.
    var addressLinkRoutes: [Route] {
        [
            route(.get, "/address/confirm/{token}", .arrive, "Ask before an account moves to this address") {
                try await $0.confirmAddressPage($1)
            },
            route(.post, "/address/confirm/{token}", .arrive, "Move an account to this address") { try await $0.confirmAddress($1) },
            route(.get, "/address/stop/{token}", .arrive, "Ask before a change of address is stopped") { try await $0.stopAddressPage($1) },
            route(.post, "/address/stop/{token}", .arrive, "Stop a change of address, or put the old one back") {
                try await $0.stopAddress($1)
            },
        ]
    }

    private func confirmAddressPage(_ request: Request) async throws -> Answer {
        let now = tools.clock.now
        let found = try await tools.database.read { try AddressMove.standing(confirm: request.parameter("token"), at: now, $0) }
        guard let (change, person) = found else { return spentAddressLink() }
        let confirm = Confirm(
            "Sign in with this address from now on?", action: request.path, confirm: "Yes, this is my address",
            cancel: Link("No, leave it", "/"),
            consequences: [
                "<strong><bdi>\(change.after)</bdi></strong> becomes the address of <bdi>\(person.name)</bdi>. This is not you? Then leave it.",
                "The old address no longer works for signing in, and letters come to this one.",
                "You are signed out on all other devices.",
            ], isDanger: false)
        return addressPage("Your new address", "\(confirm)")
    }

    private func confirmAddress(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        let tools = tools
        let book = book
        let asker = request.asker
        let here: (session: String, personID: String)? =
            if case .session(let id) = asker.means, let person = asker.personID { (id, person) } else { nil }
        let token = request.parameter("token")
        let done = try await tools.database.write { session -> (AddressMove.Confirmed, cookie: String?)? in
            guard let confirmed = try AddressMove.confirm(token, keeping: here, book, tools, session) else { return nil }
            guard case .done(let personID) = confirmed, let here, here.personID == personID else { return (confirmed, nil) }
            // Who knew the session's value before knows nothing now.
            return (confirmed, try Sessions.rotate(here.session, secondStepAt: nil, session))
        }
        switch done {
        case nil: return spentAddressLink()
        case (.taken, _)?:
            return addressPage(
                "This address has an account already",
                """
                <p>One address belongs to one account, and somebody has signed up with this one since. Nothing was changed.</p>\
                <p>Both are yours? Sign in with this address, and ask an administrator to close the other account.</p>
                """, status: 409)
        case (.done, let cookie?)?:
            var answer = Answer.redirect(to: "/account?done=address")
            answer.headers.append(doorkeeper.setCookie(doorkeeper.cookieName, cookie))
            return answer
        case (.done, nil)?:
            return addressPage(
                "Your address is changed", "<p>Sign in with it from now on.</p><p><a class=\"button\" href=\"/sign-in\">Sign in</a></p>")
        }
    }

    private func stopAddressPage(_ request: Request) async throws -> Answer {
        let now = tools.clock.now
        let found = try await tools.database.read { try AddressMove.standing(stop: request.parameter("token"), at: now, $0) }
        guard let (change, _, hasMoved) = found else { return spentAddressLink() }
        let confirm = Confirm(
            hasMoved ? "Put your old address back?" : "Stop the change of your address?", action: request.path,
            confirm: hasMoved ? "Put it back and sign out everywhere" : "Stop it and sign out everywhere",
            cancel: Link("No, it was me", "/"),
            consequences: [
                hasMoved
                    ? "You sign in with <bdi>\(change.before)</bdi> again, and your letters come here."
                    : "Your address stays <bdi>\(change.before)</bdi>.",
                "Everybody who is signed in to your account is signed out, on all devices.",
                "Your passphrase goes, if you have one: whoever did this may know it. Sign in with a link by e-mail, and choose a new one.",
                "A second step, recovery codes and tokens for programs go too where they were made since the change was asked for.",
            ])
        return addressPage("This was not me", "\(confirm)")
    }

    private func stopAddress(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        let tools = tools
        let book = book
        let token = request.parameter("token")
        guard let stopped = try await tools.database.write({ try AddressMove.stop(token, book, tools, $0) }) else {
            return spentAddressLink()
        }
        let way: HTML = """
            <p>Sign in with a link by e-mail, and choose a new passphrase. Look at your account: what you do not know, take away.</p>\
            <p><a class="button" href="/sign-in">Sign in</a></p>
            """
        switch stopped {
        case .inTime: return addressPage("Stopped", "<p>Your address stays as it was. Everybody was signed out.</p>\(way)")
        case .putBack: return addressPage("Your old address is back", "<p>Everybody was signed out.</p>\(way)")
        case .heldByAnother:
            return addressPage(
                "Everybody was signed out",
                """
                <p>The old address belongs to another account by now, so it could not be put back. Tell an administrator: they can give \
                the account the address it should have.</p>
                """)
        }
    }

    private func spentAddressLink() -> Answer {
        addressPage(
            "This link no longer works",
            """
            <p>It was used already, has run out, or something newer took its place. Sign in to see how your account stands; if you cannot, \
            tell an administrator.</p><p><a class="button" href="/sign-in">Sign in</a></p>
            """, status: 410)
    }

    private func addressPage(_ heading: String, _ content: HTML, status: Int = 200) -> Answer {
        var frame = tools.frame(heading, for: .stranger, at: "/sign-in", content: content)
        frame.isListed = false
        return .page(frame.html, status: status)
    }
}
