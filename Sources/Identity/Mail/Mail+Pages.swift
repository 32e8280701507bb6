internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// The mail that waits, was sent or failed.
    var mailRoutes: [Route] {
        [
            route(.get, "/staff/mail", .seeMail, "Mail waiting, sent and failed") { try await $0.mailPage($1) },
            route(.get, "/staff/mail/{letter}", .seeMail, "One letter") { try await $0.letterPage($1) },
        ]
    }

    private func mailPage(_ request: Request) async throws -> Answer {
        let state = request.query["state"].flatMap { LetterState(rawValue: $0) }
        let (letters, counts) = try await tools.database.read { session in
            (
                try Outbox.letters(in: session, state: state, before: request.query["before"], limit: 50),
                try Outbox.counts(in: session)
            )
        }
        let views = Filters(
            "Show",
            [Link("All", "/staff/mail", current: state == nil)]
                + LetterState.allCases.map { each in
                    Link("\(each.words) (\(counts[each] ?? 0))", "/staff/mail?state=\(each.rawValue)", current: each == state)
                })
        var table = Table(
            "Letters",
            columns: [Table.Column("Subject"), Table.Column("To"), Table.Column("Written"), Table.Column("State"), Table.Column("Trouble")],
            rows: letters.map { letter in
                Table.Row([
                    "<a href=\"/staff/mail/\(segment: letter.id)\"><bdi>\(letter.subject)</bdi></a>", "<bdi>\(letter.address)</bdi>",
                    "\(letter.createdAt.shown)", "\(letter.state.words)", "\(letter.lastError)",
                ])
            })
        table.isCaptionHidden = true
        table.empty =
            EmptyState(
                "No mail yet", "Here you see every letter the program writes: invitations, links to sign in, notices. Nothing leaves unseen.",
                action: Action("Invite people", "/staff/people/invite")
            ).html
        let more: HTML? =
            letters.count < 50
            ? nil
            : letters.last.map {
                "<p><a href=\"\(PageAddress("/staff/mail", [("before", $0.id)] + (state.map { [("state", $0.rawValue)] } ?? [])).href)\">Older letters</a></p>"
            }
        var frame = tools.frame("Mail", for: .staff, at: "/staff/mail", content: "\(views)\(table)\(more)")
        frame.lead = "What is waiting, what was sent, and what came back."
        return .page(frame.html)
    }

    private func letterPage(_ request: Request) async throws -> Answer {
        let id = request.parameter("letter")
        guard let letter = try await tools.database.read({ try Outbox.letter(id, in: $0) }) else {
            throw Refusal.notFound("There is no such letter.")
        }
        let text: HTML =
            switch letter.body {
            case .text(let words, _): "<pre class=\"letter\">\(words)</pre>"
            case .hidden: "<p>It holds a personal link, which is shown to nobody but the person it goes to.</p>"
            case .gone: "<p>Its text was cleared away: it held a personal link, or its time is over.</p>"
            }
        let details = Details([
            ("To", "<bdi>\(letter.name)</bdi> \(letter.address)"), ("Written", "\(letter.createdAt.shown)"),
            ("State", "\(letter.state.words)\(letter.lastError.map { ": \($0)" })"), ("Tries", "\(letter.attempts)"),
        ])
        var frame = tools.frame(letter.subject, for: .staff, at: "/staff/mail", content: "\(details)\(text)")
        frame.breadcrumbs = [Link("Mail", "/staff/mail")]
        return .page(frame.html)
    }
}

extension LetterState {
    /// As people say it.
    fileprivate var words: String {
        switch self {
        case .queued: "Waiting"
        case .sending: "Being sent"
        case .sent: "Sent"
        case .failed: "Failed"
        case .kept: "Would have been sent: no mail server is set up"
        }
    }
}
