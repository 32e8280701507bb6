internal import Civil
internal import House
internal import Store

/// Somebody who says that they run a setting (`docs/rules/claiming-a-setting.md`).
struct Claim: Sendable {
    let id: String
    let settingID: String
    let name: String
    let email: String
    /// What they wrote to the hub's team.
    let said: String?
    let createdAt: Instant?
    let expiresAt: Instant
    /// The address is theirs.
    let isConfirmed: Bool
    /// The setting is theirs, by the word of the address on record.
    let isProven: Bool
    let isDecided: Bool
    let personID: String?
    /// What strangers call the setting: all a letter to an unproven address may say.
    var publicName = "a setting"

    init(_ row: Row) {
        id = row.text("id")
        settingID = row.text("setting_id")
        name = row.text("name")
        email = row.text("email")
        said = row.textOrNil("said")
        createdAt = row.instant("created_at")
        expiresAt = row.instant("expires_at") ?? Instant(seconds: 0)
        isConfirmed = row.textOrNil("confirmed_at") != nil
        isProven = row.textOrNil("proven_at") != nil
        isDecided = row.textOrNil("decided_at") != nil
        personID = row.textOrNil("person_id")
    }
}

/// Claims as they stand in the database.
enum Claims {
    static let days = 14

    /// What somebody says of themselves when they claim a setting.
    struct Wish: Sendable {
        let settingID: String
        let name: String
        let email: String
        let said: String?
    }

    /// Notes the claim and writes the letters: one to the claimant unless they are signed in, one to the address on record. Returns it
    /// settled if both are the same address and theirs.
    static func make(
        _ wish: Wish, _ place: PlaceBook.Entry, by person: Person?, _ book: PlaceBook, _ tools: Tools, _ session: any Session
    ) throws -> Claim {
        let now = tools.clock.now
        let expires = now.adding(seconds: days * 86_400)
        let confirm = Secrets.token()
        let record = place.email.flatMap { MailAddress.isGood($0) ? $0 : nil }
        let isSame = record.map { People.key($0) == People.key(wish.email) } ?? false
        // A letter to the claimant's own address proves both at once.
        let proof = record == nil || isSame ? nil : Secrets.token()
        let id = tools.ids.next()
        try session.run(
            """
            update claim set decided_at = \(now), decision = 'no' where setting_id = \(wish.settingID) and lower(email) = \(People.key(wish.email))
            and decided_at is null
            """)
        try session.run(
            """
            insert into claim (id, setting_id, name, email, said, confirm_hash, proof_hash, created_at, expires_at, confirmed_at, proven_at,
                person_id)
            values (\(id), \(wish.settingID), \(wish.name), \(wish.email), \(wish.said), \(Secrets.hash(confirm)),
                \(proof.map(Secrets.hash)), \(now), \(expires), \(person == nil ? nil : now), \(isSame ? now : nil), \(person?.id))
            """)
        try Audit.log(session, tools, action: "identity.claim.made", subject: "setting:\(wish.settingID)", after: "claim:\(id)")
        var claim = try waiting(id: id, tools, session)
        claim.publicName = place.publicName ?? "a setting"
        let letters = IdentityLetters(site: tools.site, look: try look(for: place.id, book, tools, session))
        if person == nil { try post(letters.claimConfirm(claim, token: confirm), tools, session) }
        if let proof, let record { try post(letters.claimProof(claim, setting: place, to: record, token: proof), tools, session) }
        return claim
    }

    /// Gives the role once the address and the setting are both proven. Returns the person then.
    static func settle(_ id: String, _ book: PlaceBook, _ tools: Tools, _ session: any Session) throws -> Person? {
        let claim = try waiting(id: id, tools, session)
        guard claim.isConfirmed, claim.isProven else { return nil }
        return try accept(claim, answer: nil, book, tools, session)
    }

    /// A setting in several hubs' wards is managed in the first of them, by name.
    static func hub(of settingID: String, _ book: PlaceBook, _ session: any Session) throws -> PlaceBook.Entry? {
        let hubs = try book.place(settingID, session).hubs
        return try book.hubs(session).filter { hubs.contains($0.id) }.min { $0.name < $1.name }
    }

    /// How the hub looks that a claim is about. One that is not open is nobody's to hear of, and the claimant may be anybody.
    static func look(for settingID: String, _ book: PlaceBook, _ tools: Tools, _ session: any Session) throws -> HubLook? {
        let look = try tools.look(ofHub: try hub(of: settingID, book, session)?.id, session)
        return look?.isOpen == true ? look : nil
    }

    /// The claimant becomes manager of the setting, and is told.
    @discardableResult
    static func accept(_ claim: Claim, answer: String?, _ book: PlaceBook, _ tools: Tools, _ session: any Session) throws -> Person {
        guard let setting = try book.setting(claim.settingID, session) else {
            throw Refusal.badRequest("This setting is no longer there: it was joined with another record. Look for that one.")
        }
        let person = try People.findOrMake(name: claim.name, email: claim.email, tools, session)
        try decide(claim, "yes", answer, person: person.id, tools, session)
        let hub = try hub(of: claim.settingID, book, session)
        try Roles.give(RoleGrant(.manager, hub: hub?.id, setting: claim.settingID), to: person.id, tools, session)
        // They belong to the hub from now on, open to strangers or not.
        let letters = IdentityLetters(site: tools.site, look: try tools.look(ofHub: hub?.id, session))
        try post(letters.claimAnswered(claim, setting: setting.name, isYes: true, answer: answer), tools, session)
        return person
    }

    static func refuse(_ claim: Claim, answer: String?, _ tools: Tools, _ session: any Session) throws {
        try decide(claim, "no", answer, person: claim.personID, tools, session)
    }

    private static func decide(
        _ claim: Claim, _ decision: String, _ answer: String?, person: String?, _ tools: Tools, _ session: any Session
    ) throws {
        let done = try session.run(
            """
            update claim set decision = \(decision), decided_at = \(tools.clock.now), decided_by = \(tools.asker.auditName),
                answer = \(answer), person_id = \(person)
            where id = \(claim.id) and decided_at is null
            """)
        guard done == 1 else { throw Refusal.badRequest("Somebody answered this already.") }
        try Audit.log(
            session, tools, action: "identity.claim.\(decision == "yes" ? "accepted" : "refused")", subject: "setting:\(claim.settingID)",
            after: "claim:\(claim.id)")
    }

    static func post(_ letter: Letter, _ tools: Tools, _ session: any Session) throws {
        try Outbox.post(letter, in: session, ids: tools.ids, clock: tools.clock)
    }

    static func waiting(id: String, _ tools: Tools, _ session: any Session) throws -> Claim {
        guard let row = try session.first("select * from claim where id = \(id) and decided_at is null and expires_at > \(tools.clock.now)")
        else {
            throw Refusal.notFound("This was answered already, or is more than \(days) days old.")
        }
        return Claim(row)
    }

    /// Those that wait for the asker's yes or no: the address is proven, the setting is not. Oldest first, at most 200.
    static func waiting(for asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [Claim] {
        try session.all(
            """
            select * from claim where decided_at is null and confirmed_at is not null and proven_at is null order by created_at, id limit 200
            """
        ).map(Claim.init).filter { Permission.answer(asker.hats, .decideClaims, try book.place($0.settingID, session)) == .yes }
    }
}
