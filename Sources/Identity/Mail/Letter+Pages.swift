internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// One letter, with what can be done about it.
    func letterPage(_ request: Request) async throws -> Answer {
        let letter = try await letter(request)
        var notices: [Notice] = []
        if request.query["done"] == "sent" { notices = [.success("It is on its way.")] }
        return letterPage(letter, "\(text(of: letter))\(openCard(letter))\(sendCard(letter))", notices: notices)
    }

    private func letter(_ request: Request) async throws -> PostedLetter {
        let id = request.parameter("letter")
        guard let letter = try await tools.database.read({ try Outbox.letter(id, in: $0) }) else {
            throw Refusal.notFound("There is no such letter.")
        }
        return letter
    }

    private func letterPage(_ letter: PostedLetter, _ content: HTML, notices: [Notice]) -> Answer {
        let details = Details([
            ("To", letter.address.isEmpty ? "Their address is gone" : "<bdi>\(letter.name)</bdi> \(letter.address)"),
            ("Written", "\(letter.createdAt.shown)"),
            ("State", "\(letter.state.words)\(letter.lastError.map { ": \($0)" })"), ("Tries", "\(letter.attempts)"),
        ])
        var frame = tools.frame(letter.title, for: .staff, at: "/staff/mail", content: "\(details)\(content)")
        frame.breadcrumbs = [Link("Mail", "/staff/mail")]
        frame.notices = notices
        return .page(frame.html)
    }

    private func text(of letter: PostedLetter) -> HTML {
        switch letter.body {
        case .text(let words, _): "<pre class=\"letter\">\(words)</pre>"
        case .hidden where letter.state == .kept: "<p>It holds a personal link for the person it goes to.</p>"
        case .hidden: "<p>It holds a personal link, which is shown to nobody but the person it goes to.</p>"
        case .gone where letter.subject.isEmpty: "<p>It went to somebody who was forgotten since, and its words with them.</p>"
        case .gone: "<p>Its text was cleared away: it held a personal link, or its time is over.</p>\(wayOn(letter))"
        }
    }

    /// What did not arrive and cannot be sent again is asked for anew.
    private func wayOn(_ letter: PostedLetter) -> HTML? {
        guard letter.state == .failed || letter.state == .kept else { return nil }
        return switch letter.kind {
        case LetterKind.invitation.code:
            """
            <p>Is the address right? Take the invitation back on <a href="/staff/people">People</a>, and \
            <a href="/staff/people/invite">invite them again</a>.</p>
            """
        case LetterKind.signInLink.code: "<p>They can ask for a new link on the page where one signs in.</p>"
        default: nil
        }
    }

    /// Only where mail is kept because it cannot be sent: somebody has to hand the link over, and knows what they do.
    private func openCard(_ letter: PostedLetter) -> HTML? {
        guard letter.state == .kept, case .hidden(let until) = letter.body, until > tools.clock.now else { return nil }
        return Confirm(
            "Hand the link over yourself?", action: "/staff/mail/\(letter.id)/link", confirm: "Show the link",
            cancel: Link("Leave it hidden", "/staff/mail"),
            consequences: [
                "Whoever holds this link can come in as \(letter.name.isEmpty ? letter.address : letter.name). Give it to nobody else, by a way you trust.",
                "It works until \(until.shown), once.", "That you looked at it is written down.",
            ]
        ).html
    }

    private func sendCard(_ letter: PostedLetter) -> HTML? {
        let isOver = if case .hidden(let until) = letter.body { until <= tools.clock.now } else { letter.body == .gone }
        guard letter.state == .kept || letter.state == .failed, !isOver else { return nil }
        let doubt: [HTML] = letter.wasPerhapsSent ? ["It was perhaps sent before: they may get it twice."] : []
        return Confirm(
            letter.attempts == 0 ? "Send it?" : "Send it again?", action: "/staff/mail/\(letter.id)/send", confirm: "Send it now",
            cancel: Link("Leave it", "/staff/mail"),
            consequences: ["It goes to \(letter.address). Without a mail server it is kept again."] + doubt, isDanger: false
        ).html
    }

    func showLink(_ request: Request) async throws -> Answer {
        let letter = try await letter(request)
        let tools = tools
        let text = try await tools.database.write { session in
            guard let text = try Outbox.secretText(of: letter.id, in: session, clock: tools.clock) else {
                throw Refusal.badRequest(
                    "This letter holds no link to hand over: it is not kept, or its link has run out. Invite the person once more, or let them ask for a new link."
                )
            }
            let about = letter.personID.map { "person:\($0)" } ?? letter.kind
            try Audit.log(session, tools, action: "identity.mail.link-shown", subject: "letter:\(letter.id)", after: about)
            return text
        }
        let content: HTML = """
            <pre class="letter">\(text)</pre><p><a href="/staff/mail/\(segment: letter.id)">Hide it again</a></p>
            """
        let name = letter.name.isEmpty ? letter.address : letter.name
        return letterPage(
            letter, content, notices: [.warning("Whoever holds this link can come in as \(name).", "<p>Give it to nobody else.</p>")])
    }

    func sendLetter(_ request: Request) async throws -> Answer {
        let letter = try await letter(request)
        let tools = tools
        try await tools.database.write { session in
            guard try Outbox.sendAgain(letter.id, in: session, clock: tools.clock) else {
                throw Refusal.badRequest("This letter cannot be sent again: it is on its way already, or its text is gone.")
            }
            try Audit.log(session, tools, action: "identity.mail.sent-again", subject: "letter:\(letter.id)")
        }
        return .redirect(to: "/staff/mail/\(letter.id)?done=sent")
    }
}
