internal import Civil
internal import House
internal import Page
internal import Store

extension AttemptLimit {
    static let moveByAccount = AttemptLimit(what: "move-account", most: 5, seconds: 86_400)
    /// Nobody's mailbox is filled by way of us.
    static let moveByTarget = AttemptLimit(what: "move-target", most: 3, seconds: 86_400)
    static let moveByAddress = AttemptLimit(what: "move-address", most: 20, seconds: 3_600)
}

extension Identity {
    /// The address one signs in with and gets letters at.
    var ownAddressRoutes: [Route] {
        [
            route(.get, "/account/address", .mindOwnAccount, "Your e-mail address") {
                try await $0.ownAddressPage($1, errors: FieldErrors())
            },
            route(.post, "/account/address", .mindOwnAccount, "Ask for another e-mail address") { try await $0.askForAddress($1) },
            route(.post, "/account/address/leave", .mindOwnAccount, "Keep the address after all") { try await $0.leaveAddress($1) },
        ]
    }

    private func ownAddressPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let person = try await accountHolder(request)
        guard try await mayMove(request, person, isTyped: !errors.isEmpty) else { return .redirect(to: Guarded.address.path) }
        let now = tools.clock.now
        let waiting = try await tools.database.read { try AddressMove.waiting(for: person.id, at: now, $0) }
        let email = Field.email("email", "Your new e-mail address", hint: "We write there. Until you open that letter nothing changes.")
        var form = Form.post("/account/address", "Write to the new address", fields: [email])
        if request.method == .post { form.values = request.form }
        form.errors = errors
        form.cancel = Link("Leave it as it is", "/account")
        var frame = tools.frame(
            "Your e-mail address", for: .staff, at: "/account",
            content: """
                \(waiting.map { waitingCard($0).html })\(form)\(Disclosure(
                    "What happens then",
                    """
                    <ul><li>Your old address gets a letter too. Its link stops the change, for seven days also after it is done.</li>\
                    <li>Once you have said yes in the letter to the new one, you sign in with it. You are signed out on other devices, \
                    and links to sign in that you have not used end.</li>\
                    <li>Your roles, your passphrase, your second step and your tokens for programs stay.</li></ul>
                    """))
                """)
        frame.lead = "You sign in with \(person.email), and your letters go there."
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.errors = errors
        frame.notices = OwnAddressNotices.done(request.query)
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// Whoever changes where an account's letters go showed lately that it is them: a browser left open, or taken over, must not be enough.
    /// There is longer for a form that was begun, so that what is typed there is not lost.
    private func mayMove(_ request: Request, _ person: Person, isTyped: Bool) async throws -> Bool {
        // Who has a second step and did not take it is not known well enough, whatever else they know.
        if person.hasSecondStep, !request.asker.isSecondStepDone { throw Refusal.secondStep }
        return try await isFresh(request, within: isTyped ? Sessions.setUpSeconds : Sessions.freshSeconds)
    }

    private func waitingCard(_ change: PersonChange) -> Card {
        Card(
            "Open the letter we sent you",
            """
            <p>It went to <strong><bdi>\(change.after)</bdi></strong>, and works until \(change.expiresAt?.shown ?? ""). Nothing there after a \
            few minutes? Look among unwanted mail, and check the address for a slip.</p>\
            \(Button("Keep the old address", action: "/account/address/leave", style: .quiet))
            """)
    }

    /// Answers the same whether somebody has the new address already or not.
    private func askForAddress(_ request: Request) async throws -> Answer {
        let person = try await accountHolder(request)
        guard try await mayMove(request, person, isTyped: true) else { return .redirect(to: Guarded.address.path) }
        var reader = FormReader(request.form)
        let email = reader.mailAddress("email")
        if email == person.email { reader.fail("email", "This is your address already.") }
        guard let email, reader.errors.isEmpty else { return try await ownAddressPage(request, errors: reader.errors) }
        try await tools.count([
            (.moveByAccount, person.id), (.moveByTarget, People.key(email)), (.moveByAddress, request.origin.address),
        ])
        let tools = tools
        try await tools.database.write { session in
            guard let person = try People.with(id: person.id, session) else { throw Refusal.signIn }
            try AddressMove.ask(person, for: email, tools, session)
        }
        return .redirect(to: "/account/address?done=asked")
    }

    private func leaveAddress(_ request: Request) async throws -> Answer {
        let person = try await accountHolder(request)
        let tools = tools
        try await tools.database.write { try AddressMove.leave(person, tools, $0) }
        return .redirect(to: "/account/address?done=left")
    }
}

enum OwnAddressNotices {
    static func done(_ query: FormData) -> [Notice] {
        switch query["done"] {
        case "asked": [.success("Two letters are on their way: one to the new address, one to the old.")]
        case "left": [.success("Your address stays as it is.")]
        default: []
        }
    }
}
