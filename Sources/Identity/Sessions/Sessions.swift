internal import Civil
internal import House
internal import Store

/// Signed-in browsers. Only the hash of the cookie is kept; a session ends by itself after a while without use, after a longest
/// time, and at once when a person says so.
enum Sessions {
    /// Eight hours without use: a working day. On a shared device half an hour.
    static let idleSeconds: Int = 8 * 3_600
    static let sharedIdleSeconds: Int = 1_800
    /// Two weeks at most, used or not. On a shared device a day.
    static let longestSeconds: Int = 14 * 86_400
    static let sharedLongestSeconds: Int = 86_400

    struct Found: Sendable {
        let id: String
        let personID: String
        let roleID: String?
        let isSecondStepDone: Bool
        let seenAt: Instant
    }

    /// Begins a session and returns the cookie's value, which is told to nobody else.
    static func begin(
        for personID: String, device: String, isShared: Bool, byLink: Bool = false, secondStepAt: Instant? = nil, _ tools: Tools,
        _ session: any Session
    ) throws -> String {
        let cookie = Secrets.token()
        let now = tools.clock.now
        try session.run(
            """
            insert into session (id, cookie_hash, person_id, device, is_shared, created_at, seen_at, second_step_at, began_by)
            values (\(tools.ids.next()), \(Secrets.hash(cookie)), \(personID), \(device), \(isShared), \(now), \(now), \(secondStepAt),
                \(byLink ? "link" : nil as String?))
            """)
        return cookie
    }

    /// Whether the session began within the last quarter of an hour by a link sent to the person's address: then the address has just
    /// vouched for them, and they may choose a new passphrase without the old one.
    static func justCameByLink(_ id: String, at now: Instant, _ session: any Session) throws -> Bool {
        let row = try session.first("select created_at from session where id = \(id) and began_by = 'link'")
        return row?.instant("created_at").map { now.seconds - $0.seconds < 900 } ?? false
    }

    /// How long it holds that a person showed who they are, for what is asked again.
    static let freshSeconds = 600
    /// How long somebody may take over setting up an authenticator.
    static let setUpSeconds = 1_800

    /// Whether the person behind a session showed within so many seconds that it is they: by signing in, by the second step, or because
    /// they were asked again.
    static func isFresh(_ id: String, within seconds: Int = freshSeconds, at now: Instant, _ session: any Session) throws -> Bool {
        guard let row = try session.first("select created_at, second_step_at, confirmed_at from session where id = \(id)") else {
            return false
        }
        return ["created_at", "second_step_at", "confirmed_at"].contains { column in
            row.instant(column).map { now.seconds - $0.seconds < seconds } ?? false
        }
    }

    /// They said again that it is they. Like at signing in, the cookie gets a new value.
    static func confirm(_ id: String, at now: Instant, _ session: any Session) throws -> String {
        try session.run("update session set confirmed_at = \(now) where id = \(id)")
        return try rotate(id, secondStepAt: nil, session)
    }

    /// Somebody signs in where they are signed in: the new session takes the old one's place and goes on under its hat.
    static func replace(_ asker: Asker, with cookie: String, of personID: String, _ tools: Tools, _ session: any Session) throws {
        guard case .session(let old) = asker.means, asker.personID == personID else { return }
        try session.run(
            """
            update session set role_id = (select role_id from session where id = \(old)) where cookie_hash = \(Secrets.hash(cookie))
            """)
        try session.run("update session set ended_at = \(tools.clock.now) where id = \(old) and ended_at is null")
    }

    /// A row of `session`, if that session is still good.
    static func live(_ row: Row, at now: Instant) -> Found? {
        guard let created = row.instant("created_at"), let seen = row.instant("seen_at") else { return nil }
        let isShared = row.bool("is_shared")
        guard now.seconds - seen.seconds < (isShared ? sharedIdleSeconds : idleSeconds),
            now.seconds - created.seconds < (isShared ? sharedLongestSeconds : longestSeconds)
        else { return nil }
        return Found(
            id: row.text("id"), personID: row.text("person_id"), roleID: row.textOrNil("role_id"),
            isSecondStepDone: row.textOrNil("second_step_at") != nil, seenAt: seen)
    }

    /// Gives the session a new cookie, as after a second step: who knew the old one knows nothing now.
    static func rotate(_ id: String, secondStepAt: Instant?, _ session: any Session) throws -> String {
        let cookie = Secrets.token()
        try session.run("update session set cookie_hash = \(Secrets.hash(cookie)) where id = \(id)")
        if let secondStepAt { try session.run("update session set second_step_at = \(secondStepAt) where id = \(id)") }
        return cookie
    }

    /// A person's roles changed: their sessions go on, but what they are is read anew with each request, and the second step is asked
    /// for again only where a role newly needs it. The hat worn is taken off if its role ended.
    static func takeOffEndedHats(of personID: String, _ tools: Tools, _ session: any Session) throws {
        try session.run(
            """
            update session set role_id = null where person_id = \(personID) and role_id in (
                select id from role where person_id = \(personID) and to_at is not null)
            """)
    }

    static func end(_ id: String, of personID: String, _ tools: Tools, _ session: any Session) throws {
        try session.run(
            "update session set ended_at = \(tools.clock.now) where id = \(id) and person_id = \(personID) and ended_at is null")
        try Audit.log(session, tools, action: "identity.session.ended", subject: "session:\(id)")
    }

    /// Signs a person out everywhere, except where they are now.
    static func endAll(of personID: String, except kept: String?, _ tools: Tools, _ session: any Session) throws {
        let except = kept ?? ""
        try session.run(
            """
            update session set ended_at = \(tools.clock.now)
            where person_id = \(personID) and id <> \(except) and ended_at is null
            """)
        try Audit.log(session, tools, action: "identity.session.ended-all", subject: "person:\(personID)")
    }
}
