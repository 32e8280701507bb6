internal import Civil
public import House
internal import Page
internal import Store

/// Putting right the name or the address of somebody who cannot do it themselves: the mailbox is lost, the job is another one.
enum PersonCorrection {
    struct Wish: Sendable, Equatable {
        let name: String
        let email: String
    }

    /// Gives somebody this name and this address at once. Both addresses are told; whoever is signed in as them is put out where the address
    /// changes. Throws `Refusal.badRequest` when another account has the address.
    static func carryOut(_ wish: Wish, for person: Person, _ book: PlaceBook, _ tools: Tools, _ session: any Session) throws {
        try session.lock(AddressMove.lock)
        guard let person = try People.with(id: person.id, session) else {
            throw Refusal.notFound("There is nobody of this number, or they were forgotten already.")
        }
        if let other = try People.with(email: wish.email, session), other.id != person.id {
            throw Refusal.badRequest("\(other.name) has an account with this address. One address belongs to one account.")
        }
        let letters = try IdentityLetters.of(person, tools, session)
        try People.rename(person, to: wish.name, tools, session)
        if wish.email != person.email {
            // No link of an earlier change may undo this.
            try AddressMove.endLinks(of: person.id, tools, session)
            try AddressMove.move(person, to: wish.email, keeping: nil, book, tools, session)
            try PersonChange.note(
                "address", of: person.id, from: person.email, to: wish.email, "identity.address.corrected", tools, session)
            for address in [person.email, wish.email] {
                try AddressMove.post(letters.addressCorrected(person, to: address), tools, session)
            }
        } else if wish.name != person.name {
            try AddressMove.post(letters.nameCorrected(wish.name, email: person.email, personID: person.id), tools, session)
        }
    }
}

extension PeopleDesk {
    /// Gives the person of an address another name, another address, or both. Make sure first that it is they who ask. Throws `Refusal`
    /// when nobody has the address, or somebody else the new one.
    public static func correct(email: String, name: String?, newEmail: String?, _ tools: Tools, _ book: PlaceBook) async throws {
        guard name != nil || newEmail != nil else { throw Refusal.badRequest("Say what to correct: --name, --address, or both.") }
        let name = try name.map { text in
            guard let tidy = PersonName.tidy(text), tidy.count <= PersonName.longest else {
                throw Refusal.badRequest("A name has at least one letter and at most \(PersonName.longest).")
            }
            return tidy
        }
        if let newEmail, !MailAddress.isGood(newEmail) { throw Refusal.badRequest(LetterProblem.badAddress.publicMessage) }
        try await tools.database.write { session in
            guard let person = try People.with(email: email, session) else {
                throw Refusal.notFound("There is nobody with the address \(email). “eyhub user list” shows who is here.")
            }
            let wish = PersonCorrection.Wish(name: name ?? person.name, email: newEmail ?? person.email)
            guard wish.name != person.name || wish.email != person.email else {
                throw Refusal.badRequest("Nothing is different: they have this name and this address already.")
            }
            try PersonCorrection.carryOut(wish, for: person, book, tools, session)
        }
    }
}

extension Identity {
    var personCorrectionRoutes: [Route] {
        let path = "/staff/people/{person}/correct"
        return [
            route(.get, path, .correctPeople, "Correct somebody’s name or address") {
                try await $0.correctionPage($1, errors: FieldErrors())
            },
            route(.post, path, .correctPeople, "Correct somebody’s name or address, after a look") { try await $0.correct($1) },
        ]
    }

    private func correctionPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let person = try await somebody(request)
        if person.id == request.asker.personID { return .redirect(to: "/account") }
        let (changes, names) = try await tools.database.read { session in
            let changes = try PersonChange.done(of: person.id, session)
            return (changes, try PeopleBook.names(changes.map(\.byWhom), session))
        }
        var name = Field.text("name", "Name", width: .half).filled(person.name)
        name.autocomplete = "off"
        var email = Field.email("email", "E-mail address").filled(person.email)
        email.autocomplete = "off"
        var form = Form.post(request.path, "Go on", fields: [name, email])
        if request.method == .post { form.values = request.form }
        form.errors = errors
        form.cancel = Link("Leave it as it is", "/staff/people")
        var frame = tools.frame(
            "Correct \(person.name)", for: .staff, at: "/staff/people", content: "\(form)\(earlier(changes, names))")
        frame.lead = "For somebody who cannot sign in to do it themselves. Whoever can sign in does it on “Your account”."
        frame.breadcrumbs = [Link("People", "/staff/people")]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func earlier(_ changes: [PersonChange], _ names: [String: String]) -> Card? {
        if changes.isEmpty { return nil }
        let items = changes.html { change in
            let what = change.isAddress ? "Address" : "Name"
            let back = change.isStopped && change.isAddress ? ", put back" : ""
            return """
                <li>\(change.madeAt?.shown ?? ""): \(what) <bdi>\(change.before)</bdi> became <bdi>\(change.after)</bdi>\(back). \
                <span class="quiet">By <bdi>\(names[change.byWhom] ?? "Somebody")</bdi></span></li>
                """
        }
        return Card("Corrected before", "<ul class=\"listing\">\(items)</ul>")
    }

    private func correct(_ request: Request) async throws -> Answer {
        let person = try await somebody(request)
        if person.id == request.asker.personID {
            throw Refusal.badRequest("This is your own account. Change it on “Your account”, where we ask again that it is you.")
        }
        var reader = FormReader(request.form)
        let name = reader.personName()
        let email = reader.mailAddress("email")
        if reader.errors.isEmpty, let email {
            let other = try await tools.database.read { try People.with(email: email, $0) }
            if let other, other.id != person.id {
                reader.fail("email", "\(other.name) has an account with this address. One address belongs to one account.")
            } else if name == person.name, email == person.email {
                reader.fail("name", "Nothing is different. Change the name or the address, or leave it as it is.")
            }
        }
        guard let name, let email, reader.errors.isEmpty else { return try await correctionPage(request, errors: reader.errors) }
        guard request.form["sure"] == "yes" else { return askBeforeCorrecting(person, name, email, request) }
        let tools = tools
        let book = book
        try await tools.database.write {
            try PersonCorrection.carryOut(PersonCorrection.Wish(name: name, email: email), for: person, book, tools, $0)
        }
        return .redirect(to: "/staff/people?done=corrected")
    }

    private func askBeforeCorrecting(_ person: Person, _ name: String, _ email: String, _ request: Request) -> Answer {
        var consequences: [HTML] = []
        if name != person.name { consequences.append("The name <bdi>\(person.name)</bdi> becomes <bdi>\(name)</bdi>, everywhere at once.") }
        if email != person.email {
            consequences += [
                "The address <bdi>\(person.email)</bdi> becomes <bdi>\(email)</bdi>. Whoever reads mail there can sign in as them.",
                "Make sure it is they who ask: call them on a number you know, or see them.",
                "They are signed out everywhere. Links that wait at the old address end; an open invitation is sent again, to the new one.",
                "Both addresses get a letter.",
            ]
        } else {
            consequences.append("They get a letter about it.")
        }
        let confirm = Confirm(
            "Correct this?", action: request.path, confirm: "Correct it", cancel: Link("Leave it as it is", "/staff/people"),
            consequences: consequences, hidden: [("name", name), ("email", email), ("sure", "yes")], isDanger: email != person.email)
        var frame = tools.frame("Correct \(person.name)", for: .staff, at: "/staff/people", content: "\(confirm)")
        frame.breadcrumbs = [Link("People", "/staff/people")]
        return .page(frame.html)
    }
}
