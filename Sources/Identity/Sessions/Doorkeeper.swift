public import Civil
public import House
public import Store

/// Says who is at the door: reads the cookie or the token of a request, before anything is done for it.
public struct Doorkeeper: Sendable {
    /// What a request brings to be known by.
    public struct Papers: Sendable {
        /// The value of the session's cookie.
        public var cookie: String?
        /// What stands behind `Authorization: Bearer`.
        public var bearer: String?

        public init(cookie: String? = nil, bearer: String? = nil) {
            self.cookie = cookie
            self.bearer = bearer
        }

        public var isEmpty: Bool { cookie == nil && bearer == nil }
    }

    let book: PlaceBook
    let clock: Clock
    let box: SecretBox
    let hasher: PassphraseHasher
    /// Whoever was refused is written down here.
    public let refusals = RefusalBook()
    /// Cookies only for https, under a name that says so.
    public let isSecure: Bool

    /// `passphraseRounds` is for tests, which cannot wait for the cost of earnest.
    public init(book: PlaceBook, clock: Clock, box: SecretBox, isSecure: Bool, passphraseRounds: Int? = nil) {
        self.book = book
        self.clock = clock
        self.box = box
        self.isSecure = isSecure
        hasher = passphraseRounds.map { PassphraseHasher(rounds: $0) } ?? .standard
    }

    /// The cookie of a session. `__Host-` binds it to this very host and to https; a plain http address of this machine cannot
    /// have that, so there it goes without.
    public var cookieName: String { isSecure ? "__Host-eyhub" : "eyhub" }
    /// The cookie of a browser that is not signed in, which only ties forms to it.
    public var visitName: String { isSecure ? "__Host-eyhub-visit" : "eyhub-visit" }

    /// Who asks. Papers that are not good (run out, ended, made up) are a stranger's.
    public func asker(_ papers: Papers, in session: any Session) throws -> Asker {
        if let bearer = papers.bearer { return try holder(ofToken: bearer, session) ?? .stranger }
        guard let cookie = papers.cookie else { return .stranger }
        let now = clock.now
        // Asked with every page, so the session, the person and their roles come in one look.
        let rows = try session.all(
            """
            select s.*, p.name, r.id as hat, r.role, r.hub_id, r.area_id, r.setting_id
            from session s join person p on p.id = s.person_id and p.forgotten_at is null
            left join role r on r.person_id = s.person_id and r.from_at <= \(now) and (r.to_at is null or r.to_at > \(now))
                and \(RoleTime.isNotOver(on: now.dayInLondon))
            where s.cookie_hash = \(Secrets.hash(cookie)) and s.ended_at is null order by r.from_at, r.id
            """)
        guard let row = rows.first, let found = Sessions.live(row, at: now) else { return .stranger }
        let hats = try Roles.hats(rows.filter { $0.textOrNil("hat") != nil }, id: "hat", book, session)
        return Asker(
            means: .session(found.id), personID: found.personID, name: row.text("name"), hats: hats,
            worn: hats.first { $0.id == found.roleID }, isSecondStepDone: found.isSecondStepDone,
            isToBeNoted: now.seconds - found.seenAt.seconds > 300)
    }

    private func holder(ofToken token: String, _ session: any Session) throws -> Asker? {
        let now = clock.now
        guard
            let row = try session.first(
                "select * from api_token where token_hash = \(Secrets.hash(token)) and revoked_at is null and expires_at > \(now)"),
            let person = try People.with(id: row.text("person_id"), session)
        else { return nil }
        return Asker(
            means: .token(row.text("id")), personID: person.id, name: person.name,
            hats: try Roles.hats(of: person.id, at: now, book, session), isSecondStepDone: true,
            tokenDeeds: Set(row.text("deeds").split(separator: " ").map(String.init)), isToBeNoted: row.day("used_on") != clock.today)
    }

    /// Marks a session as used, at most once in five minutes; a token once a day.
    public func noteUse(_ asker: Asker, in database: any Database) async throws {
        guard asker.isToBeNoted else { return }
        let (now, today) = (clock.now, clock.today)
        switch asker.means {
        case .token(let id): _ = try await database.write { try $0.run("update api_token set used_on = \(today) where id = \(id)") }
        case .session(let id): _ = try await database.write { try $0.run("update session set seen_at = \(now) where id = \(id)") }
        case .stranger, .commandLine, .house: break
        }
    }

    /// The hidden field that ties a form to the browser it was drawn for.
    public func formToken(_ cookie: String) -> String { Secrets.formToken(cookie: cookie) }

    /// Whether a form came from a page drawn for this browser.
    public func isGood(formToken: String?, for cookie: String?) -> Bool {
        guard let formToken, let cookie else { return false }
        return Secrets.areEqual(formToken, Secrets.formToken(cookie: cookie))
    }

    /// A cookie for a browser that is not signed in.
    public func newVisit() -> String { Secrets.token() }

    /// `Set-Cookie` for a cookie that goes when the browser closes, or sooner.
    public func setCookie(_ name: String, _ value: String) -> (name: String, value: String) {
        ("Set-Cookie", "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")")
    }

    /// `Set-Cookie` that takes a cookie away.
    func clearCookie(_ name: String) -> (name: String, value: String) {
        ("Set-Cookie", "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")")
    }
}
