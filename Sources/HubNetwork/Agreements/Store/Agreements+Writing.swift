internal import Civil
internal import House
internal import Store

/// Somebody else saved the same draft while it was being changed here.
struct DraftClash: Error {
    let now: Agreement.Version
    let by: String
}

extension Agreements {
    /// Begins an agreement with its first draft. Returns its id.
    static func create(_ kind: AgreementKind, _ text: AgreementText, hub: String, _ tools: Tools, _ session: any Session) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into agreement (id, hub_id, kind, is_open, created_at, by_whom)
            values (\(id), \(hub), \(kind), 1, \(tools.clock.now), \(tools.asker.auditName))
            """)
        try insertDraft(of: id, number: 1, text, noticeDays: 30, tools, session)
        try Audit.log(session, tools, action: "network.agreement.begun", subject: "agreement:\(id)", after: text.title)
        return id
    }

    /// Begins the next version from the one in force; an open draft stays as it is.
    static func beginDraft(of agreement: Agreement, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.agreement.\(agreement.id)")
        let now = try with(id: agreement.id, session)
        guard now.draft == nil, let current = now.current else { return }
        try insertDraft(
            of: now.id, number: current.number + 1, current.text, noticeDays: current.noticeDays, tools, session)
        try Audit.log(session, tools, action: "network.agreement.draft-begun", subject: "agreement:\(now.id)")
    }

    private static func insertDraft(
        of id: String, number: Int, _ text: AgreementText, noticeDays: Int, _ tools: Tools, _ session: any Session
    ) throws {
        try session.run(
            """
            insert into agreement_version (id, agreement_id, number, title, opening, aims, duties, principles, needs_both, renews,
                notice_days, asks_again, edition, begun_at, by_whom)
            values (\(tools.ids.next()), \(id), \(number), \(text.title), \(text.opening), \(AgreementText.kept(text.aims)),
                \(AgreementText.kept(text.duties)), \(AgreementText.kept(text.principles)), \(text.needsBoth), \(text.renews),
                \(noticeDays), 1, 1, \(tools.clock.now), \(tools.asker.auditName))
            """)
    }

    /// Saves a draft over the edition that was shown. When somebody saved meanwhile the text is kept beside and `DraftClash` is handed
    /// back: neither is lost.
    static func save(
        _ text: AgreementText, noticeDays: Int, over edition: Int, draftOf id: String, _ tools: Tools, _ session: any Session
    ) throws -> DraftClash? {
        try session.lock("eyhub.agreement.\(id)")
        let agreement = try with(id: id, session)
        guard let draft = agreement.draft else { throw none }
        let isTaken = draft.edition == edition
        if isTaken, draft.text == text, draft.noticeDays == noticeDays { return nil }
        let before = try session.first(
            "select by_whom from agreement_save where version_id = \(draft.id) and is_taken = 1 order by edition desc limit 1")
        if isTaken, before == nil { try keep(draft.text, draft.id, edition: draft.edition, isTaken: true, tools, session) }
        try keep(text, draft.id, edition: edition + 1, isTaken: isTaken, tools, session)
        guard isTaken else { return DraftClash(now: draft, by: before?.text("by_whom") ?? "") }
        try session.run(
            """
            update agreement_version set title = \(text.title), opening = \(text.opening), aims = \(AgreementText.kept(text.aims)),
                duties = \(AgreementText.kept(text.duties)), principles = \(AgreementText.kept(text.principles)),
                needs_both = \(text.needsBoth), renews = \(text.renews), notice_days = \(noticeDays), edition = edition + 1
            where id = \(draft.id) and published_at is null
            """)
        try Audit.log(session, tools, action: "network.agreement.draft-saved", subject: "agreement:\(id)", after: text.title)
        return nil
    }

    private static func keep(
        _ text: AgreementText, _ version: String, edition: Int, isTaken: Bool, _ tools: Tools, _ session: any Session
    ) throws {
        try session.run(
            """
            insert into agreement_save (id, version_id, edition, is_taken, at, by_whom, title, opening, aims, duties, principles, needs_both,
                renews)
            values (\(tools.ids.next()), \(version), \(edition), \(isTaken), \(tools.clock.now), \(tools.asker.auditName), \(text.title),
                \(text.opening), \(AgreementText.kept(text.aims)), \(AgreementText.kept(text.duties)),
                \(AgreementText.kept(text.principles)), \(text.needsBoth), \(text.renews))
            """)
    }

    /// Publishes the draft: from now on it never changes. Throws when there is nothing to promise in it, or when it changed since it was
    /// looked at.
    static func publish(draftOf id: String, edition: Int, asksAgain: Bool, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.agreement.\(id)")
        let agreement = try with(id: id, session)
        guard let draft = agreement.draft else { throw none }
        guard draft.edition == edition else {
            throw Refusal.badRequest("Somebody changed the draft since you looked at it. Look at it again, then publish.")
        }
        guard !draft.text.aims.isEmpty || !draft.text.duties.isEmpty else {
            throw Refusal.badRequest("There is nothing to sign yet: write at least one aim.")
        }
        try session.run(
            """
            update agreement_version set published_at = \(tools.clock.now), published_by = \(tools.asker.auditName),
                fingerprint = \(draft.text.fingerprint), asks_again = \(asksAgain || draft.number == 1)
            where id = \(draft.id) and published_at is null
            """)
        try Audit.log(
            session, tools, action: "network.agreement.published", subject: "agreement:\(id)",
            after: "version \(draft.number), \(draft.text.fingerprint)")
    }

    /// Throws the draft away; an agreement that was never published goes with it.
    static func discard(draftOf agreement: Agreement, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.agreement.\(agreement.id)")
        guard let draft = try with(id: agreement.id, session).draft else { return }
        try session.run("delete from agreement_save where version_id = \(draft.id)")
        try session.run("delete from agreement_version where id = \(draft.id) and published_at is null")
        if agreement.current == nil { try session.run("delete from agreement where id = \(agreement.id)") }
        try Audit.log(session, tools, action: "network.agreement.draft-discarded", subject: "agreement:\(agreement.id)")
    }

    static func set(isOpen: Bool, _ id: String, _ tools: Tools, _ session: any Session) throws {
        try session.run("update agreement set is_open = \(isOpen) where id = \(id)")
        try Audit.log(
            session, tools, action: isOpen ? "network.agreement.reopened" : "network.agreement.closed", subject: "agreement:\(id)")
    }
}
