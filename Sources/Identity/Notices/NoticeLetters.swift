internal import Civil
internal import House
internal import Page
internal import Store

/// Notices and digests as letters, in plain text and as HTML. Each says how to get fewer of them, or none.
struct NoticeLetters {
    let site: Site
    let box: SecretBox
    /// How the reader's hub looks; nil for somebody of several hubs, or of none.
    var look: HubLook?

    func notice(_ news: News, to person: Person) -> Letter {
        letter(
            .notice, to: person, subject: news.subject,
            text: body(of: news), html: "\(paragraphs(of: news))")
    }

    func digest(_ held: [HeldNotice], to person: Person) -> Letter {
        let amount = held.count == 1 ? "1 notice" : "\(held.count) notices"
        let text = held.map { each in
            "* \(each.news.subject)\(each.createdAt.map { " (\($0.shown))" } ?? "")\n\n\(body(of: each.news))"
        }
        let html = held.html { each in
            """
            <h2>\(each.news.subject)</h2>\(each.createdAt.map { "<p><small>\($0.shown)</small></p>" as HTML })\
            \(paragraphs(of: each.news))
            """
        }
        return letter(
            .digest, to: person, subject: "\(site.name): \(amount) for you",
            text: (["Here is what happened since your last letter."] + text).joined(separator: "\n\n"),
            html: "<p>Here is what happened since your last letter.</p>\(html)")
    }

    private func body(of news: News) -> String {
        (news.lines + (news.path.map { ["\(site.address)\($0)"] } ?? [])).joined(separator: "\n\n")
    }

    private func paragraphs(of news: News) -> HTML {
        let link: HTML? = news.path.map { "<p><a href=\"\(link: site.address + $0)\">See it</a></p>" }
        return "\(news.lines.html { "<p>\($0)</p>" })\(link)"
    }

    private func letter(_ kind: LetterKind, to person: Person, subject: String, text: String, html: HTML) -> Letter {
        let stop = site.address + Unsubscribing.path(for: person.id, box)
        let rhythm = "You get these notices \(person.mailChoice.rhythm)."
        let account = "\(site.address)/account#notices"
        let plain = """
            Hello \(person.name),

            \(text)

            --
            \(rhythm)
            Choose how often: \(account)
            No more notices, without signing in: \(stop)

            """
        let document = MailFrame(
            subject, from: look, site,
            content: """
                <p>Hello \(person.name),</p>\(html)<hr><p>\(rhythm) <a href="\(link: account)">Choose how often</a> or \
                <a href="\(link: stop)">stop all notices</a>; for that you need not sign in.</p>
                """
        ).html
        return Letter(
            kind, to: person.email, name: person.name, personID: person.id, subject: subject, text: plain, html: document.string,
            unsubscribe: stop)
    }
}

extension MailChoice {
    /// In a sentence: "You get these notices …".
    var rhythm: String {
        switch self {
        case .atOnce: "at once, as things happen"
        case .daily: "once a day, at 8am"
        case .weekly: "once a week, on Monday at 8am"
        case .none: "never"
        }
    }

    /// On the form that chooses.
    var words: String {
        switch self {
        case .atOnce: "At once"
        case .daily: "Once a day, at 8am"
        case .weekly: "Once a week, on Monday at 8am"
        case .none: "None"
        }
    }
}
