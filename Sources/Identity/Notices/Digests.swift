internal import Civil
internal import House
internal import Store

/// Makes one letter of the notices kept for a person when their moment has come.
///
/// The letter goes into the outbox and the notices out of their table in one transaction, so killed at any moment nothing is lost and
/// nothing doubled; from there on the rules of the outbox hold (`docs/rules/mail.md`).
struct Digests: Sendable {
    let tools: Tools
    let box: SecretBox

    /// Every minute: a digest that is due at eight leaves at eight.
    var job: Job { Job("digests", every: 60) { try await sendDue() } }

    /// A letter for each person whose notices are due. Returns how many.
    @discardableResult
    func sendDue() async throws -> Int {
        let now = tools.clock.now
        guard try await tools.database.read({ try Digests.areDue(at: now, $0) }) else { return 0 }
        var letters = 0
        do {
            while let isSent = try await tools.database.write({ try next(at: now, $0) }) { letters += isSent ? 1 : 0 }
        } catch StoreError.busy {
            // Another copy of the program is at the same work, and what it leaves is there at the next look.
        }
        return letters
    }

    private static func areDue(at now: Instant, _ session: any Session) throws -> Bool {
        try session.count("select case when exists (select 1 from held_notice where due_at <= \(now)) then 1 else 0 end") == 1
    }

    /// One person's letter. Nil when nobody's is due; false when theirs were let go.
    private func next(at now: Instant, _ session: any Session) throws -> Bool? {
        // The person is taken for this transaction: another copy of the program passes on to the next one.
        guard
            let id = try session.first(
                """
                select p.id from person p where exists (select 1 from held_notice n where n.person_id = p.id and n.due_at <= \(now))
                order by p.id limit 1\(.skippingLocked)
                """)?.text("id")
        else { return nil }
        let held = try session.all("select * from held_notice where person_id = \(id) and due_at <= \(now) order by created_at, id")
            .map(HeldNotice.init)
        for each in held { try session.run("delete from held_notice where id = \(each.id)") }
        guard let person = try People.with(id: id, session), person.mailChoice != .none else { return false }
        let letter = NoticeLetters(site: tools.site, box: box, look: try Roles.look(of: id, tools, session)).digest(held, to: person)
        try Outbox.post(letter, in: session, ids: tools.ids, clock: tools.clock)
        return true
    }
}
