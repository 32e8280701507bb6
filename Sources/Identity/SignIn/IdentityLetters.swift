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

    func signIn(_ person: Person, token: String, until: Instant) -> Letter {
        letter(
            .signInLink, to: person.email, name: person.name, personID: person.id, subject: "Sign in to \(house)",
            lines: [
                "Hello \(person.name),", "open this page to sign in to \(house). The link works once, until \(until.shown).",
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
                "Hello \(claim.name),", "somebody, most likely you, asked at \(house) to look after the entry of \(claim.publicName).",
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
            ? ["Hello \(claim.name),", "you now look after the entry of \(setting). Sign in with this address to see it."]
            : ["Hello \(claim.name),", "your hub could not agree that you look after the entry of \(setting)."]
        let said = answer.map { ["They wrote: “\($0)”"] } ?? []
        return Letter(
            .answer, to: claim.email, name: claim.name, personID: claim.personID,
            subject: isYes ? "You look after \(setting)" : "Your request for \(setting)",
            text: (lines + said + (isYes ? ["\(site.address)/sign-in"] : [])).joined(separator: "\n\n") + "\n")
    }

    func letter(
        _ kind: LetterKind, to email: String, name: String, personID: String?, subject: String, lines: [String], link: String,
        button: String, after: String, until: Instant
    ) -> Letter {
        let text = (lines + [link, after]).joined(separator: "\n\n") + "\n"
        let html = MailFrame(
            subject, from: look, site,
            content: "\(lines.html { "<p>\($0)</p>" })<p><a href=\"\(link: link)\">\(button)</a></p><p>\(after)</p>"
        ).html
        return Letter(
            kind, to: email, name: name, personID: personID, subject: subject, text: text, html: html.string, secretUntil: until)
    }
}
