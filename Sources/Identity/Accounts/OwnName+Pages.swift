internal import House
internal import Page
internal import Store

extension Identity {
    /// One's own name, as others see it.
    var ownNameRoutes: [Route] {
        [
            route(.get, "/account/name", .mindOwnAccount, "Your name") { try await $0.ownNamePage($1, errors: FieldErrors()) },
            route(.post, "/account/name", .mindOwnAccount, "Change your name") { try await $0.changeOwnName($1) },
        ]
    }

    /// On the account page.
    var nameAndAddressCard: Card {
        Card(
            "Your name and address",
            """
            <p>Married, a new job, a slip of the pen? Put it right yourself.</p>\
            <div class="buttons"><a class="button quiet" href="/account/name">Change your name</a>\
            <a class="button quiet" href="/account/address">Change your e-mail address</a></div>
            """)
    }

    /// Whoever is signed in, as they stand in the database now.
    func accountHolder(_ request: Request) async throws -> Person {
        let id = request.asker.personID ?? ""
        guard let person = try await tools.database.read({ try People.with(id: id, $0) }) else { throw Refusal.signIn }
        return person
    }

    private func ownNamePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let person = try await accountHolder(request)
        var name = Field.text("name", "Your name, as others should see it", width: .half).filled(person.name)
        name.autocomplete = "name"
        var form = Form.post("/account/name", "Save the name", fields: [name])
        if request.method == .post { form.values = request.form }
        form.errors = errors
        form.cancel = Link("Leave it as it is", "/account")
        var frame = tools.frame(
            "Your name", for: .staff, at: "/account",
            content: """
                \(form)<p class="quiet">What you signed before keeps the name you signed it with. Earlier names are kept for administrators \
                only, and go when you are forgotten.</p>
                """)
        frame.lead = "It changes everywhere at once: in lists, on letters, beside what you did."
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func changeOwnName(_ request: Request) async throws -> Answer {
        let person = try await accountHolder(request)
        var reader = FormReader(request.form)
        guard let name = reader.personName(), reader.errors.isEmpty else { return try await ownNamePage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { session in
            guard let person = try People.with(id: person.id, session) else { throw Refusal.signIn }
            try People.rename(person, to: name, tools, session)
        }
        return .redirect(to: "/account?done=name")
    }
}

extension FormReader {
    /// The field `name` as a person's name.
    mutating func personName() -> String? {
        let missing = "Write the name with at least one letter."
        guard let text = text("name", missing: missing, max: PersonName.longest) else { return nil }
        guard let name = PersonName.tidy(text) else {
            fail("name", missing)
            return nil
        }
        return name
    }

    /// A field as an address we can send to.
    mutating func mailAddress(_ field: String) -> String? {
        guard let email = text(field, missing: "Write the e-mail address.", max: 254) else { return nil }
        guard MailAddress.isGood(email) else {
            fail(field, LetterProblem.badAddress.publicMessage)
            return nil
        }
        return email
    }
}
