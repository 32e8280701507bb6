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
            route(.post, "/staff/mail/{letter}/link", .openKeptMail, "Show the link of a letter that cannot be sent") {
                try await $0.showLink($1)
            },
            route(.post, "/staff/mail/{letter}/send", .sendMail, "Send a kept or failed letter") { try await $0.sendLetter($1) },
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
            columns: [
                Table.Column("Subject"), Table.Column("To"), Table.Column("Written"), Table.Column("State"), Table.Column("Trouble"),
            ],
            rows: letters.map { letter in
                Table.Row([
                    "<a href=\"/staff/mail/\(segment: letter.id)\"><bdi>\(letter.title)</bdi></a>", "<bdi>\(letter.address)</bdi>",
                    "\(letter.createdAt.shown)", "\(letter.state.words)", "\(letter.lastError)",
                ])
            })
        table.isCaptionHidden = true
        table.empty =
            EmptyState(
                "No mail yet",
                "Here you see every letter the program writes: invitations, links to sign in, notices. Nothing leaves unseen.",
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
}

extension PostedLetter {
    /// What the letter is called on pages: of somebody forgotten no more is kept than that it was written, and when.
    var title: String { subject.isEmpty ? "A letter to somebody forgotten" : subject }
}

extension LetterState {
    /// As people say it.
    var words: String {
        switch self {
        case .queued: "Waiting"
        case .sending: "Being sent"
        case .sent: "Sent"
        case .failed: "Failed"
        case .kept: "Would have been sent: no mail server is set up"
        }
    }
}
