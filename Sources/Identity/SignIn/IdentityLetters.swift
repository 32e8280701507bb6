internal import Civil
internal import House
internal import Page
internal import Store

/// The letters of this room, in plain text and as HTML.
struct IdentityLetters {
    let site: Site

    func signIn(_ person: Person, token: String, until: Instant) -> Letter {
        letter(
            .signInLink, to: person.email, name: person.name, personID: person.id, subject: "Sign in to \(site.name)",
            lines: [
                "Hello \(person.name),", "open this page to sign in to \(site.name). The link works once, until \(until.shown).",
            ], link: "\(site.address)/sign-in/open/\(token)", button: "Sign in",
            after: "You did not ask for it? Then leave it: without the link nobody gets in.", until: until)
    }

    func invitation(name: String, email: String, role: String, token: String, by inviter: String, until: Instant) -> Letter {
        letter(
            .invitation, to: email, name: name, personID: nil, subject: "\(inviter) invites you to \(site.name)",
            lines: [
                "Hello \(name),", "\(inviter) invites you to join \(site.name) as: \(role).",
                "Open this page to say yes or no. The link works until \(until.shown).",
            ], link: "\(site.address)/invitation/\(token)", button: "Answer the invitation",
            after: "You do not know what this is about? Then leave it, and nothing happens.", until: until)
    }

    private func letter(
        _ kind: LetterKind, to email: String, name: String, personID: String?, subject: String, lines: [String], link: String,
        button: String, after: String, until: Instant
    ) -> Letter {
        let text = (lines + [link, after]).joined(separator: "\n\n") + "\n"
        let html: HTML = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(subject)</title></head><body>\
            \(lines.html { "<p>\($0)</p>" })<p><a href="\(link: link)">\(button)</a></p><p>\(after)</p></body></html>
            """
        return Letter(
            kind, to: email, name: name, personID: personID, subject: subject, text: text, html: html.string, secretUntil: until)
    }
}
