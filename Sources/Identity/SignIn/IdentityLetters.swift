internal import Civil
internal import House
internal import Page
internal import Store

/// The letters of this room, in plain text and as HTML.
struct IdentityLetters {
    let site: Site
    /// How the hub looks for which the letter is written; the site's own name where it is for no one hub.
    var look: HubLook?
    /// Whom the letter speaks for: people know their hub by its own name.
    private var house: String { look?.name ?? site.name }

    /// Letters in the look of the one hub somebody has roles in.
    static func of(_ person: Person, _ tools: Tools, _ session: any Session) throws -> IdentityLetters {
        IdentityLetters(site: tools.site, look: try Roles.look(of: person.id, tools, session))
    }

    func signIn(_ person: Person, token: String, until: Instant) -> Letter {
        letter(
            .signInLink, to: person.email, name: person.name, personID: person.id, subject: "Sign in to \(house)",
            lines: [
                "Hello \(person.name),", "Open this page to sign in to \(house). The link works once, until \(until.shown).",
            ], link: "\(site.address)/sign-in/open/\(token)", button: "Sign in",
            after: "You did not ask for it? Then leave it: without the link nobody gets in.", until: until)
    }

    func invitation(name: String, email: String, role: String, token: String, by inviter: String, until: Instant) -> Letter {
        letter(
            .invitation, to: email, name: name, personID: nil, subject: "\(inviter) invites you to \(house)",
            lines: [
                "Hello \(name),", "\(inviter) invites you to join \(house) as: \(role).",
                "Open this page to say yes or no. The link works until \(until.shown).",
            ], link: "\(site.address)/invitation/\(token)", button: "Answer the invitation",
            after: "You do not know what this is about? Then leave it, and nothing happens.", until: until)
    }

    func claimConfirm(_ claim: Claim, token: String) -> Letter {
        letter(
            .invitation, to: claim.email, name: claim.name, personID: nil, subject: "Is this you? You asked to look after a setting",
            lines: [
                "Hello \(claim.name),", "Somebody, most likely you, asked at \(house) to look after the entry of \(claim.publicName).",
                "Open this page to say that it was you. The link works until \(claim.expiresAt.shown).",
            ], link: "\(site.address)/claim/confirm/\(token)", button: "Yes, that was me",
            after: "It was not you? Then leave it, and nothing happens.", until: claim.expiresAt)
    }

    /// To the address the register or the council's list holds.
    func claimProof(_ claim: Claim, setting: PlaceBook.Entry, to email: String, token: String) -> Letter {
        letter(
            .invitation, to: email, name: setting.name, personID: nil, subject: "Does \(claim.name) run \(setting.name)?",
            lines: [
                "\(claim.name) (\(claim.email)) asked at \(house) to look after the entry of \(setting.name).",
                "This letter comes to you because yours is the address the hub has on record for the setting.",
                "Open this page to say yes or no. The link works until \(claim.expiresAt.shown).",
            ], link: "\(site.address)/claim/proof/\(token)", button: "Say yes or no",
            after: "If you do not know what this is about, say no: nobody is let in without a yes.", until: claim.expiresAt)
    }

    func claimAnswered(_ claim: Claim, setting: String, isYes: Bool, answer: String?) -> Letter {
        let lines =
            isYes
            ? ["Hello \(claim.name),", "You now look after the entry of \(setting). Sign in with this address to see it."]
            : ["Hello \(claim.name),", "Your hub could not agree that you look after the entry of \(setting)."]
        let said = answer.map { ["They wrote: “\($0)”"] } ?? []
        return self.answer(
            to: claim.email, name: claim.name, personID: claim.personID,
            subject: isYes ? "You look after \(setting)" : "Your request for \(setting)", lines: lines + said,
            link: isYes ? signingIn : nil)
    }

    /// To somebody whose second step an administrator took away.
    func secondStepTakenAway(_ person: Person) -> Letter {
        answer(
            to: person.email, name: person.name, personID: person.id, subject: "Your second step was taken away",
            lines: [
                "Hello \(person.name),",
                "An administrator of \(house) took your second step of signing in away, because you asked for it. Sign in as always, and "
                    + "set up a new one.",
            ], link: signingIn, after: "You did not ask? Then tell an administrator at once, and choose a new passphrase.")
    }

    /// Where one signs in.
    var signingIn: (address: String, button: String) { ("\(site.address)/sign-in", "Sign in") }

    /// A letter that opens no door: an answer somebody waits for, or what they must know at once.
    func answer(
        to email: String, name: String, personID: String?, subject: String, lines: [String],
        link: (address: String, button: String)? = nil, after: String? = nil
    ) -> Letter {
        Letter(
            .answer, to: email, name: name, personID: personID, subject: subject,
            text: (lines + [link?.address, after].compactMap { $0 }).joined(separator: "\n\n") + "\n",
            html: document(subject, lines, link, after).string)
    }

    private func document(_ subject: String, _ lines: [String], _ link: (address: String, button: String)?, _ after: String?) -> HTML {
        let way: HTML? = link.map { "<p><a href=\"\(link: $0.address)\">\($0.button)</a></p>" }
        let end: HTML? = after.map { "<p>\($0)</p>" }
        return MailFrame(subject, from: look, site, content: "\(lines.html { "<p>\($0)</p>" })\(way)\(end)").html
    }

    func letter(
        _ kind: LetterKind, to email: String, name: String, personID: String?, subject: String, lines: [String], link: String,
        button: String, after: String, until: Instant
    ) -> Letter {
        let text = (lines + [link, after]).joined(separator: "\n\n") + "\n"
        return Letter(
            kind, to: email, name: name, personID: personID, subject: subject, text: text,
            html: document(subject, lines, (link, button), after).string, secretUntil: until)
    }
}
