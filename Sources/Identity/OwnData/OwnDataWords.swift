internal import Civil
internal import House
internal import Store

/// What tables hold about a person, in words their owner understands. The file to take along has it as the tables do.
enum OwnDataWords {
    /// A column's name in plain words.
    static func heading(_ name: String) -> String {
        if let known = headings[name] { return known }
        let words = name.split(separator: "_").filter { $0 != "at" && $0 != "id" && $0 != "on" }.joined(separator: " ")
        return words.isEmpty ? "When" : words.prefix(1).uppercased() + words.dropFirst()
    }

    private static let headings: [String: String] = [
        "email": "E-mail", "mail_wish": "Notices by e-mail", "second_step_at": "Second step since", "to_address": "To",
        "shows_email": "Shows the e-mail address", "helps_with": "Can help with", "deeds": "What it may do", "seen_at": "Last used",
        "expires_at": "Works until", "used_on": "Last used", "revoked_at": "Taken back", "from_at": "From", "to_at": "Until",
        "from_day": "First day", "last_day": "Last day",
        "said": "What you wrote",
    ]

    /// One value of a row.
    static func shown(_ row: Row, _ name: String, in table: String, _ places: [String: String], _ deeds: [Deed]) -> String {
        let text = row.text(name)
        return switch (table, name) {
        case (_, "hub_id"), (_, "area_id"), (_, "setting_id"): places[text] ?? text
        case (_, "role"): Role(rawValue: text)?.name ?? text
        case (_, "mail_wish"): MailChoice(rawValue: text)?.rhythm ?? text
        case ("outbox", "state"): LetterState(rawValue: text)?.words ?? text
        case ("outbox", "kind"): letterKinds[text] ?? text
        case ("contact_card", "shows_email"): row.int(name) == 1 ? "Yes" : "No"
        case ("api_token", "deeds"):
            text.split(whereSeparator: { $0 == " " || $0 == "," }).map { code in deeds.first { $0.code == code }?.words ?? String(code) }
                .joined(separator: "; ")
        default: row.instant(name)?.shown ?? Day(iso: text)?.medium ?? text
        }
    }

    private static let letterKinds: [String: String] = [
        "sign-in-link": "Link to sign in", "invitation": "Invitation", "answer": "Answer", "notice": "Notice", "digest": "Digest",
        "address-link": "Link to a new address", "address-notice": "Word of a new address", "campaign": "Invitation of a campaign",
        "needs-survey": "Survey",
    ]
}
