internal import Civil
internal import House
internal import Store

/// News for people: sent at once, or kept for the digest its reader chose.
struct Notices: Sendable {
    let box: SecretBox

    /// What every room tells people by (`Tools.tell`).
    var desk: NewsDesk {
        NewsDesk({ news, id, tools, session in try tell(news, to: id, tools, session) }, whoMay: Roles.whoMay)
    }

    private func tell(_ news: News, to personID: String, _ tools: Tools, _ session: any Session) throws {
        guard let person = try People.with(id: personID, session), let due = person.mailChoice.due(.notice, postedAt: tools.clock.now)
        else { return }
        if person.mailChoice == .atOnce {
            let letter = NoticeLetters(site: tools.site, box: box, look: try Roles.look(of: personID, tools, session)).notice(
                news, to: person)
            try Outbox.post(letter, in: session, ids: tools.ids, clock: tools.clock)
            return
        }
        try session.run(
            """
            insert into held_notice (id, person_id, subject, text, path, created_at, due_at)
            values (\(tools.ids.next()), \(personID), \(news.subject), \(news.lines.joined(separator: "\n")), \(news.path),
                \(tools.clock.now), \(due))
            """)
    }

    /// Writes down how somebody wants their notices; what is kept for them follows.
    static func choose(_ choice: MailChoice, for personID: String, at now: Instant, _ session: any Session) throws {
        try session.run("update person set mail_wish = \(choice.rawValue) where id = \(personID)")
        guard let due = choice.due(.notice, postedAt: now) else {
            try session.run("delete from held_notice where person_id = \(personID)")
            return
        }
        try session.run("update held_notice set due_at = \(due) where person_id = \(personID) and due_at is not null")
    }

    /// What is kept for somebody, oldest first.
    static func held(for personID: String, _ session: any Session) throws -> [HeldNotice] {
        try session.all("select * from held_notice where person_id = \(personID) order by created_at, id").map(HeldNotice.init)
    }

    /// After a backup was restored nobody knows which of the notices kept in it have gone out since it was made: they are shown to
    /// their people, and not sent by themselves.
    static func keepAfterRestore(_ session: any Session) throws {
        try session.run("update held_notice set due_at = null where due_at is not null")
    }
}

/// News that waits for a digest.
struct HeldNotice: Sendable {
    let id: String
    let news: News
    let createdAt: Instant?
    /// When it goes out; nil when it is only shown.
    let dueAt: Instant?

    init(_ row: Row) {
        id = row.text("id")
        news = News(
            row.text("subject"), row.text("text").split(separator: "\n").map(String.init), path: row.textOrNil("path"))
        createdAt = row.instant("created_at")
        dueAt = row.instant("due_at")
    }
}
